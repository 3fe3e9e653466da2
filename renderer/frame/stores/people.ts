import { createStore } from 'zustand/vanilla'
import type { Principal } from '#engine/contract/security'
import { type BridgeClient, preferences } from '../bridge.ts'
import type { EnvironmentFollower, StoreKey } from '../stores-context.ts'
import { frameText } from '../texts.ts'
import { activityStore } from './activity.ts'

export interface PeopleState {
  /** The user in whose name everything is done. */
  caller: Principal | null
  load(): Promise<void>
  find(search: string): Promise<Principal[]>
  workAs(user: Principal): void
}

/** Returns the user of the last session, else the administrator, else any enabled user. */
function firstCaller(users: Principal[]): Principal | null {
  const before = preferences.read<string | null>('caller', null)
  return (
    users.find((user) => user.id === before) ??
    users.find((user) => user.name.toLowerCase().includes('admin') && !user.disabled) ??
    users.find((user) => !user.disabled) ??
    null
  )
}

export function createPeopleStore(bridge: BridgeClient) {
  return createStore<PeopleState>()((set) => ({
    caller: null,
    async load() {
      const principals = await bridge.call('principals.find', '')
      set({ caller: firstCaller(principals.filter((principal) => principal.table === 'systemuser')) })
    },
    find: (search) => bridge.call('principals.find', search),
    workAs(caller) {
      preferences.write('caller', caller.id)
      set({ caller })
    },
  }))
}
export type PeopleStore = ReturnType<typeof createPeopleStore>

/** Returns the caller for the host. */
export const callerOf = (people: PeopleStore): string => people.getState().caller?.id ?? 'admin'

export const peopleStore: StoreKey<PeopleStore & EnvironmentFollower> = ({ bridge, get }) => {
  const store = createPeopleStore(bridge)
  const load = () =>
    void store
      .getState()
      .load()
      .catch((error: unknown) => get(activityStore).getState().reportError(frameText.usersNotRead, error))
  return Object.assign(store, { load })
}
