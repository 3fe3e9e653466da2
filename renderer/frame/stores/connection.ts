import { createStore } from 'zustand/vanilla'
import type { Message } from '#text/message'
import type { BridgeClient } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'

export interface ConnectionState {
  /** Whether the host does not answer at present. */
  isLost: boolean
  /** What the closing of the environment waits for; null while nothing is being closed. */
  closingWaitsFor: Message[] | null
}

/** Creates the store of the connection to the host, and of the environment's closing. */
export function createConnectionStore(bridge: BridgeClient) {
  const store = createStore<ConnectionState>()(() => ({ isLost: false, closingWaitsFor: null }))
  bridge.on('connection', ({ isLost }) => store.setState({ isLost, closingWaitsFor: null }))
  bridge.on('closing', ({ waitsFor }) => store.setState({ closingWaitsFor: waitsFor }))
  bridge.on('environment', () => store.setState({ closingWaitsFor: null }))
  return store
}

export const connectionStore: StoreKey<ReturnType<typeof createConnectionStore>> = ({ bridge }) => createConnectionStore(bridge)
