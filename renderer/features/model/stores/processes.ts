import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { ProcessDefinition } from '#engine/contract/processes'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** What imported solutions would run on the platform. */
export interface ProcessesState {
  processes: readonly ProcessDefinition[]
  error: ErrorData | null
}

const NOTHING: ProcessesState = { processes: [], error: null }

function createProcessesStore(bridge: BridgeClient) {
  const store = createStore<ProcessesState>()(() => NOTHING)
  const load = async () => {
    try {
      store.setState({ processes: await bridge.call('model.processes'), error: null })
    } catch (error) {
      store.setState({ error: errorDataOf(error) })
    }
  }
  bridge.on('model', () => void load())
  return Object.assign(store, { reset: () => store.setState(NOTHING), load: () => void load() })
}

export const processesStore: StoreKey<ReturnType<typeof createProcessesStore>> = ({ bridge }) => createProcessesStore(bridge)
