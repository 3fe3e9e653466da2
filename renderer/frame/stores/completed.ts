import { createStore } from 'zustand/vanilla'
import type { CascadeRequest } from '#engine/contract/cascades'
import type { StoreKey } from '../stores-context.ts'

/** The cascade that completed last while its dialog was open, for the views that show the records that it changed. */
export interface CompletedState {
  last: CascadeRequest | null
}

const createCompletedStore = () => createStore<CompletedState>()(() => ({ last: null }))

export const completedStore: StoreKey<ReturnType<typeof createCompletedStore>> = createCompletedStore
