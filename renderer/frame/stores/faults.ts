import { createStore } from 'zustand/vanilla'
import type { Faults } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Principal } from '#engine/contract/security'
import type { Message } from '#text/message'
import { type BridgeClient, errorDataOf, preferences } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'
import { frameText } from '../texts.ts'
import type { EnvironmentStore } from './environment.ts'
import { environmentStore } from './environment.ts'

/** A user who was disabled or removed by the panel. */
export interface ChangedUser {
  id: string
  name: string
  change: 'disabled' | 'removed'
}

export interface FaultsState {
  /** Null while unknown. */
  faults: Faults | null
  changedUsers: ChangedUser[]
  /** Users who had been disabled before, which is not a fault. */
  disabledBefore: Pick<Principal, 'id' | 'name'>[]
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
  bringBack(userId: string): Promise<void>
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

/** Returns what to say of the active faults, one entry for each. */
export function faultsInForce({ faults, changedUsers }: Pick<FaultsState, 'faults' | 'changedUsers'>): Message[] {
  return [
    ...(faults !== null && faults.batchDelayMs > 0 ? [frameText.fault.slowMotion({ seconds: faults.batchDelayMs / 1_000 })] : []),
    ...(faults !== null && faults.failBatch !== null ? [frameText.fault.failingBatch({ batch: faults.failBatch })] : []),
    ...changedUsers.map(({ name, change }) => frameText.fault[change]({ user: name })),
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
    const others = (id: string) => get().changedUsers.filter((user) => user.id !== id)
    const changeUser = ({ id, name }: Principal, made: ChangedUser['change']) =>
      act(async () => {
        await bridge.call('users.change', { userId: id, [made]: true })
        remember([...others(id), { id, name, change: made }])
      })
    const restore = async (id: string) => {
      await bridge.call('users.change', { userId: id, disabled: false, removed: false })
      remember(others(id))
      set({ disabledBefore: get().disabledBefore.filter((other) => other.id !== id) })
    }
    return {
      ...NOTHING,
      async load() {
        await act(async () => {
          const [faults, principals] = await Promise.all([bridge.call('faults.get'), bridge.call('principals.find', '')])
          const disabled = principals.filter((found) => found.table === 'systemuser' && found.disabled)
          const changedUsers = preferences.read<ChangedUser[]>(usersKey(), []).filter(({ id }) => disabled.some((user) => user.id === id))
          const isOurs = ({ id }: Principal) => changedUsers.some((user) => user.id === id)
          set({ faults, changedUsers, disabledBefore: disabled.filter((user) => !isOurs(user)) })
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
      async bringBack(userId) {
        await act(() => restore(userId))
      },
      async switchAllOff() {
        await act(async () => {
          set({ faults: await bridge.call('faults.set', NO_FAULTS) })
          for (const { id } of get().changedUsers) await restore(id)
        })
      },
      dismissError: () => set({ error: null }),
    }
  })
  return Object.assign(store, { reset: () => store.setState(NOTHING), load: () => void store.getState().load() })
}
export type FaultsStore = ReturnType<typeof createFaultsStore>

export const faultsStore: StoreKey<FaultsStore> = ({ bridge, get }) => createFaultsStore(bridge, get(environmentStore))
