import { createStore } from 'zustand/vanilla'
import type { Faults } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Principal } from '#engine/contract/security'
import { countOf } from '../../ui/format.ts'
import { type BridgeClient, errorDataOf, preferences } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'
import type { EnvironmentStore } from './environment.ts'
import { environmentStore } from './environment.ts'

/** A user who was disabled or removed by the panel. */
export interface ChangedUser {
  name: string
  change: 'disabled' | 'removed'
}

export interface FaultsState {
  /** Null while unknown. */
  faults: Faults | null
  changedUsers: ChangedUser[]
  /** Users who had been disabled before, which is not a fault. */
  disabledBefore: string[]
  /** Whether the panel is open, beside any screen. */
  isOpen: boolean
  busy: boolean
  error: ErrorData | null
  load(): Promise<void>
  openPanel(isOpen: boolean): void
  setDelay(batchDelayMs: number): Promise<void>
  setFailBatch(failBatch: number | null): Promise<void>
  killWorker(): Promise<boolean>
  disableUser(user: Principal): Promise<void>
  removeUser(user: Principal): Promise<void>
  /** Enables a disabled user, adds a removed one again. */
  bringBack(name: string): Promise<void>
  switchAllOff(): Promise<void>
  dismissError(): void
}

export const NO_FAULTS: Faults = { batchDelayMs: 0, failBatch: null }

const NOTHING: Pick<FaultsState, 'faults' | 'changedUsers' | 'disabledBefore' | 'isOpen' | 'busy' | 'error'> = {
  faults: null,
  changedUsers: [],
  disabledBefore: [],
  isOpen: false,
  busy: false,
  error: null,
}

/** Returns the active faults in words, one entry for each. */
export function faultsInForce({ faults, changedUsers }: Pick<FaultsState, 'faults' | 'changedUsers'>): string[] {
  return [
    ...(faults !== null && faults.batchDelayMs > 0 ? [`slow motion, ${countOf(faults.batchDelayMs / 1_000, 'second')} a batch`] : []),
    ...(faults !== null && faults.failBatch !== null ? [`batch ${faults.failBatch} fails`] : []),
    ...changedUsers.map((user) => `${user.name} ${user.change}`),
  ]
}

/** Creates the store of faults on purpose. */
export function createFaultsStore(bridge: BridgeClient, environment: EnvironmentStore) {
  const store = createStore<FaultsState>()((set, get) => {
    /** Runs an action and returns whether it succeeded. */
    const act = async (work: () => Promise<void>): Promise<boolean> => {
      set({ busy: true, error: null })
      try {
        await work()
        return true
      } catch (error) {
        set({ error: errorDataOf(error) })
        return false
      } finally {
        set({ busy: false })
      }
    }
    const change = async (faults: Partial<Faults>) => {
      const before = get().faults ?? NO_FAULTS
      set({ faults: { ...before, ...faults } })
      await act(async () => {
        try {
          await bridge.call('faults.set', { ...before, ...faults })
        } catch (error) {
          set({ faults: await bridge.call('faults.get') })
          throw error
        }
      })
    }
    const remember = (changedUsers: ChangedUser[]) => {
      preferences.write(usersKey(), changedUsers)
      set({ changedUsers })
    }
    const usersKey = () => `changedUsers ${environment.getState().info?.path ?? ''}`
    const others = (name: string) => get().changedUsers.filter((user) => user.name !== name)
    const changeUser = ({ name }: Principal, made: ChangedUser['change']) =>
      act(async () => {
        await bridge.call('users.change', { name, [made]: true })
        remember([...others(name), { name, change: made }])
      })
    const restore = async (name: string) => {
      await bridge.call('users.change', { name, disabled: false, removed: false })
      remember(others(name))
      set({ disabledBefore: get().disabledBefore.filter((other) => other !== name) })
    }
    return {
      ...NOTHING,
      async load() {
        await act(async () => {
          const [faults, principals] = await Promise.all([bridge.call('faults.get'), bridge.call('principals.find', '')])
          const disabled = principals.filter((found) => found.table === 'systemuser' && found.disabled).map((found) => found.name)
          const changedUsers = preferences.read<ChangedUser[]>(usersKey(), []).filter((user) => disabled.includes(user.name))
          const isOurs = (name: string) => changedUsers.some((user) => user.name === name)
          set({ faults, changedUsers, disabledBefore: disabled.filter((name) => !isOurs(name)) })
        })
      },
      openPanel: (isOpen) => set({ isOpen, error: null }),
      setDelay: (batchDelayMs) => change({ batchDelayMs }),
      setFailBatch: (failBatch) => change({ failBatch }),
      killWorker: () => act(() => bridge.call('faults.killWorker')),
      async disableUser(user) {
        await changeUser(user, 'disabled')
      },
      async removeUser(user) {
        await changeUser(user, 'removed')
      },
      async bringBack(name) {
        await act(() => restore(name))
      },
      async switchAllOff() {
        await act(async () => {
          set({ faults: await bridge.call('faults.set', NO_FAULTS) })
          for (const { name } of get().changedUsers) await restore(name)
        })
      },
      dismissError: () => set({ error: null }),
    }
  })
  return Object.assign(store, { reset: () => store.setState(NOTHING), load: () => void store.getState().load() })
}
export type FaultsStore = ReturnType<typeof createFaultsStore>

export const faultsStore: StoreKey<FaultsStore> = ({ bridge, get }) => createFaultsStore(bridge, get(environmentStore))
