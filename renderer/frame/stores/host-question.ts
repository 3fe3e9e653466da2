import { createStore } from 'zustand/vanilla'
import type { BridgeClient } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'

export interface HostQuestionState {
  /** The address of the page on which the host asks; null if it asks nothing. */
  url: string | null
  /** Cancels the question. */
  withdraw(): Promise<void>
}

/** Creates the store of the question that the browser host asks on a page of its own. Opens that page at once. */
export function createHostQuestionStore(bridge: BridgeClient, openPage: (url: string) => void) {
  const store = createStore<HostQuestionState>()(() => ({
    url: null,
    withdraw: async () => {
      await bridge.call('dialog.withdraw')
    },
  }))
  bridge.on('question', (question) => {
    store.setState({ url: question?.url ?? null })
    if (question !== null) openPage(question.url)
  })
  // The host cancels what it asks for a window that it has lost.
  bridge.on('connection', ({ isLost }) => isLost && store.setState({ url: null }))
  return store
}

export const hostQuestionStore: StoreKey<ReturnType<typeof createHostQuestionStore>> = ({ bridge }) =>
  // A browser that blocks the window leaves the link.
  createHostQuestionStore(bridge, (url) => void window.open(url, '_blank'))
