import { createStore } from 'zustand/vanilla'
import type { Principal } from '#engine/contract/security'
import { type BridgeClient, preferences } from '../bridge.ts'
import type { EnvironmentFollower, StoreKey } from '../stores-context.ts'
import { frameText } from '../texts.ts'
import { activityStore } from './activity.ts'
import { type EnvironmentStore, environmentStore } from './environment.ts'

export interface PeopleState {
  /** The user in whose name everything is done; null until the users are read, while the administrator acts. */
  caller: Principal | null
  load(): Promise<void>
  find(search: string): Promise<Principal[]>
  workAs(user: Principal): void
}

export function createPeopleStore(bridge: BridgeClient, environment: EnvironmentStore) {
  const administratorId = () => environment.getState().info?.administratorId ?? ''
  const findUsers = async (search: string) => (await bridge.call('principals.find', search)).filter(({ table }) => table === 'systemuser')

  /** Returns the user of the last session if enabled, else the administrator, else any enabled user. */
  async function firstCaller(): Promise<Principal | null> {
    const before = preferences.read<string | null>('caller', null)
    const [remembered] = before === null ? [] : await findUsers(before)
    if (remembered?.disabled === false) return remembered
    const [administrator] = await findUsers(administratorId())
    if (administrator?.disabled === false) return administrator
    return (await findUsers('')).find(({ disabled }) => !disabled) ?? null
  }

  const store = createStore<PeopleState>()((set) => ({
    caller: null,
    load: async () => set({ caller: await firstCaller() }),
    find: (search) => bridge.call('principals.find', search),
    workAs(caller) {
      preferences.write('caller', caller.id)
      set({ caller })
    },
  }))
  return Object.assign(store, {
    /** Returns the id of the user in whose name the host is asked to act. */
    callerId: () => store.getState().caller?.id ?? administratorId(),
  })
}
export type PeopleStore = ReturnType<typeof createPeopleStore>

export const peopleStore: StoreKey<PeopleStore & Required<Pick<EnvironmentFollower, 'reset' | 'load'>>> = ({ bridge, get }) => {
  const store = createPeopleStore(bridge, get(environmentStore))
  const load = () =>
    void store
      .getState()
      .load()
      .catch((error: unknown) => get(activityStore).getState().reportError(frameText.usersNotRead, error))
  return Object.assign(store, { load, reset: () => store.setState({ caller: null }) })
}
