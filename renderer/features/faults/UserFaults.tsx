import { useCallback, useState } from 'react'
import type { Principal } from '#engine/contract/security'
import { faultsStore } from '../../frame/stores/faults.ts'
import { peopleStore } from '../../frame/stores/people.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'

interface FoundUser extends FoundItem {
  user: Principal
}

const asItem = (user: Principal): FoundUser => ({
  key: user.id,
  label: user.name,
  description: [user.businessUnit, user.disabled ? 'disabled' : null].filter((part) => part !== null).join(' · '),
  user,
})

/** Controls to disable or remove users, which pauses the jobs that they started. */
export function UserFaults() {
  const people = useStore(peopleStore)
  const faults = useStore(faultsStore)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const disabledBefore = useStoreState(faultsStore, (state) => state.disabledBefore)
  const busy = useStoreState(faultsStore, (state) => state.busy)
  const caller = useStoreState(peopleStore, (state) => state.caller)
  const [chosen, setChosen] = useState<Principal | null>(null)
  const find = useCallback(
    async (search: string) =>
      (await people.getState().find(search)).filter((found) => found.table === 'systemuser' && !found.disabled).map(asItem),
    [people],
  )
  const user = chosen ?? caller
  const away = user !== null && [...disabledBefore, ...changedUsers].some(({ id }) => id === user.id)
  const { disableUser, removeUser, bringBack } = faults.getState()
  return (
    <section className="faults-section" aria-label="Users">
      <p className="faults-title">Users</p>
      <p className="ui-muted">A job runs in the name of whoever started it, and pauses when that user cannot work any more.</p>
      <SearchSelect
        label={`User ${user?.name ?? ''}`}
        placeholder="Choose a user"
        value={user === null ? null : asItem(user)}
        find={find}
        onChange={(item) => setChosen(item.user)}
      />
      <div className="faults-buttons">
        <Button disabled={user === null || away || busy} onClick={() => user !== null && void disableUser(user)}>
          Disable user
        </Button>
        <Button disabled={user === null || away || busy} onClick={() => user !== null && void removeUser(user)}>
          Remove user
        </Button>
      </div>
      <ul className="faults-users">
        {changedUsers.map(({ id, name, change }) => (
          <li key={id}>
            <span>
              {name} <span className="ui-muted">{change}</span>
            </span>
            <Button disabled={busy} onClick={() => void bringBack(id)}>
              {change === 'disabled' ? `Enable ${name}` : `Add ${name} again`}
            </Button>
          </li>
        ))}
        {disabledBefore.map(({ id, name }) => (
          <li key={id}>
            <span>
              {name} <span className="ui-muted">disabled before</span>
            </span>
            <Button disabled={busy} onClick={() => void bringBack(id)}>
              Enable {name}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
