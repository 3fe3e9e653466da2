import { type ReactNode, useCallback, useState } from 'react'
import type { Principal } from '#engine/contract/security'
import { faultsStore } from '../../frame/stores/faults.ts'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords, type Words } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { faultsText } from './texts.ts'

const { user: text } = faultsText

interface FoundUser extends FoundItem {
  user: Principal
}

const asItem = (user: Principal, { say }: Words): FoundUser => ({
  key: user.id,
  label: user.name,
  description: [user.businessUnit, user.disabled ? say(text.isDisabled) : null].filter((part) => part !== null).join(' · '),
  user,
})

/** Controls to disable or remove users, which pauses the jobs that they started. */
export function UserFaults() {
  const words = useWords()
  const { say } = words
  const people = useStore(peopleStore)
  const faults = useStore(faultsStore)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const disabledBefore = useStoreState(faultsStore, (state) => state.disabledBefore)
  const busy = useStoreState(faultsStore, (state) => state.busy)
  const caller = useStoreState(peopleStore, (state) => state.caller)
  const [chosen, setChosen] = useState<Principal | null>(null)
  const find = useCallback(
    async (search: string) =>
      (await people.getState().find(search))
        .filter((found) => found.table === 'systemuser' && !found.disabled)
        .map((found) => asItem(found, words)),
    [people, words],
  )
  const user = chosen ?? caller
  const away = user !== null && [...disabledBefore, ...changedUsers].some(({ id }) => id === user.id)
  const { disableUser, removeUser, bringBack } = faults.getState()
  const muted = { how: (inside: ReactNode) => <span className="ui-muted">{inside}</span> }
  return (
    <section className="faults-section" aria-label={say(text.heading)}>
      <p className="faults-title">{say(text.heading)}</p>
      <p className="ui-muted">{say(text.explanation)}</p>
      <SearchSelect
        label={say(text.chosen({ user: user?.name ?? '' }))}
        placeholder={say(text.choose)}
        value={user === null ? null : asItem(user, words)}
        find={find}
        onChange={(item) => setChosen(item.user)}
      />
      <div className="faults-buttons">
        <Button disabled={user === null || away || busy} onClick={() => user !== null && void disableUser(user)}>
          {say(text.disable)}
        </Button>
        <Button disabled={user === null || away || busy} onClick={() => user !== null && void removeUser(user)}>
          {say(text.remove)}
        </Button>
      </div>
      <ul className="faults-users">
        {changedUsers.map(({ id, name, change }) => (
          <li key={id}>
            <span>
              <Text of={text.changed[change]({ user: name })} tags={muted} />
            </span>
            <Button disabled={busy} onClick={() => void bringBack(id)}>
              {say(text.bringBack[change]({ user: name }))}
            </Button>
          </li>
        ))}
        {disabledBefore.map(({ id, name }) => (
          <li key={id}>
            <span>
              <Text of={text.disabledBefore({ user: name })} tags={muted} />
            </span>
            <Button disabled={busy} onClick={() => void bringBack(id)}>
              {say(text.bringBack.disabled({ user: name }))}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
