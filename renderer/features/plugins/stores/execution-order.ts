import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { MessageName } from '#engine/contract/messages'
import type { StepInOrder } from '#engine/contract/plugins'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** The steps that listen to one message of one table, in the order of execution. */
export interface ExecutionOrderState {
  table: string | null
  message: MessageName | null
  /** Null while loading. */
  steps: StepInOrder[] | null
  error: ErrorData | null
  show(message: MessageName, table: string | null): Promise<void>
}

const NOTHING: Pick<ExecutionOrderState, 'table' | 'message' | 'steps' | 'error'> = { table: null, message: null, steps: null, error: null }

export function createExecutionOrderStore(bridge: BridgeClient) {
  const store = createStore<ExecutionOrderState>()((set, get) => ({
    ...NOTHING,
    async show(message, table) {
      if (get().message !== message || get().table !== table) set({ message, table, steps: null, error: null })
      const isWanted = () => get().message === message && get().table === table
      try {
        const steps = await bridge.call('plugins.steps', { message, ...(table === null ? {} : { table }) })
        if (isWanted()) set({ steps, error: null })
      } catch (error) {
        if (isWanted()) set({ error: errorDataOf(error) })
      }
    },
  }))
  bridge.on('plugins', () => {
    const { message, table, show } = store.getState()
    if (message !== null) void show(message, table)
  })
  return Object.assign(store, { reset: () => store.setState(NOTHING) })
}
export type ExecutionOrderStore = ReturnType<typeof createExecutionOrderStore>

export const executionOrderStore: StoreKey<ExecutionOrderStore> = ({ bridge }) => createExecutionOrderStore(bridge)
