import { X } from 'lucide-react'
import { useCallback } from 'react'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore } from '../../frame/stores-context.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'

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
  const people = useStore(peopleStore)
  const find = useCallback(
    async (search: string) =>
      (await people.getState().find(search))
        .filter((principal) => !chosen.includes(principal.name))
        .map(
          (principal): FoundItem => ({
            key: principal.name,
            label: principal.name,
            description: principal.table === 'team' ? 'Team' : 'User',
          }),
        ),
    [people, chosen],
  )
  return (
    <div className="ui-field">
      <span className="ui-field-label">Owners, in turn (none: who you work as)</span>
      {chosen.length > 0 && (
        <ul className="ui-chips">
          {chosen.map((owner) => (
            <li key={owner} className="ui-chip">
              {owner}
              <button
                type="button"
                aria-label={`Remove owner ${owner}`}
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
        label="Add an owner"
        placeholder="Add a user or team"
        value={null}
        find={find}
        disabled={disabled}
        onChange={(item: FoundItem) => onChange([...chosen, item.key])}
      />
    </div>
  )
}
