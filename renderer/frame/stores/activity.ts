import { createStore } from 'zustand/vanilla'
import type { Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Message } from '#text/message'
import { type BridgeClient, errorDataOf } from '../bridge.ts'
import type { Location } from '../location.ts'
import type { StoreKey } from '../stores-context.ts'
import { frameText } from '../texts.ts'

/** A message that appears by itself: a finished operation, or an error that no screen shows. */
export interface Notice {
  id: number
  title: Message
  error: ErrorData | null
  link: { label: Message; location: Location } | null
}

export interface ActivityState {
  notices: Notice[]
  /** The last error that no screen showed; stays in the status bar until dismissed. */
  lastError: { title: Message; error: ErrorData; atMs: number } | null
  progress: Progress[]
  announce(title: Message, link?: Notice['link']): void
  reportError(title: Message, error: unknown): void
  dismiss(id: number): void
  dismissLastError(): void
  /** Tracks long work and clears the progress when none is running. */
  track<T>(work: Promise<T>): Promise<T>
}

export function createActivityStore(bridge: BridgeClient) {
  const store = createStore<ActivityState>()((set, get) => {
    let nextId = 1
    let underWay = 0
    const add = (notice: Omit<Notice, 'id'>) => {
      set({ notices: [...get().notices.slice(-3), { ...notice, id: nextId }] })
      nextId += 1
    }
    return {
      notices: [],
      lastError: null,
      progress: [],
      announce: (title, link = null) => add({ title, link, error: null }),
      reportError(title, thrown) {
        const error = errorDataOf(thrown)
        set({ lastError: { title, error, atMs: Date.now() } })
        add({ title, error, link: null })
      },
      dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
      dismissLastError: () => set({ lastError: null }),
      async track(work) {
        underWay += 1
        try {
          return await work
        } finally {
          underWay -= 1
          if (underWay === 0) set({ progress: [] })
        }
      },
    }
  })
  bridge.on('progress', (progress) => {
    const others = store.getState().progress.filter((other) => other.id !== progress.id)
    const finished = progress.total !== null && progress.done >= progress.total
    store.setState({ progress: finished ? others : [...others, progress] })
  })
  bridge.on('trouble', (error) => {
    store.setState({ lastError: { title: frameText.jobsHeldUp, error, atMs: Date.now() } })
  })
  return store
}
export type ActivityStore = ReturnType<typeof createActivityStore>

export const activityStore: StoreKey<ActivityStore> = ({ bridge }) => createActivityStore(bridge)
