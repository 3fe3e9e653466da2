import { X } from 'lucide-react'
import { useCallback } from 'react'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { transferText } from './texts.ts'

const { generate: text } = transferText

/** Lets the person choose owners, who get the rows in rotation. */
export function GenerateOwners({
  chosen,
  disabled,
  onChange,
}: {
  chosen: string[]
  disabled: boolean
  onChange: (owners: string[]) => void
}) {
  const { say } = useWords()
  const people = useStore(peopleStore)
  const find = useCallback(
    async (search: string) =>
      (await people.getState().find(search))
        .filter((principal) => !chosen.includes(principal.name))
        .map(
          (principal): FoundItem => ({
            key: principal.name,
            label: principal.name,
            description: say(principal.table === 'team' ? text.team : text.user),
          }),
        ),
    [people, chosen, say],
  )
  return (
    <div className="ui-field">
      <span className="ui-field-label">{say(text.owners)}</span>
      {chosen.length > 0 && (
        <ul className="ui-chips">
          {chosen.map((owner) => (
            <li key={owner} className="ui-chip">
              {owner}
              <button
                type="button"
                aria-label={say(text.removeOwner({ owner }))}
                disabled={disabled}
                onClick={() => onChange(chosen.filter((other) => other !== owner))}
              >
                <X size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <SearchSelect
        label={say(text.addOwner)}
        placeholder={say(text.chooseOwner)}
        value={null}
        find={find}
        disabled={disabled}
        onChange={(item: FoundItem) => onChange([...chosen, item.key])}
      />
    </div>
  )
}
