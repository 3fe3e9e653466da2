import { createStore } from 'zustand/vanilla'
import type { Bridge, ChosenFile, NewFile, RecentEnvironment } from '#contract'
import type { EnvironmentInfo } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import { type BridgeClient, errorDataOf } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'

/**
 * | status   | meaning                                             |
 * |----------|-----------------------------------------------------|
 * | starting | the host has not answered yet                       |
 * | failed   | the host cannot be reached; `error` says why; asked again until it can |
 * | none     | no environment is open: the start page              |
 * | opening  | a file is being opened or created                   |
 * | open     | `info` describes the environment                    |
 */
export type EnvironmentStatus = 'starting' | 'failed' | 'none' | 'opening' | 'open'

/** Interval in milliseconds for asking a host that does not answer, which may still start. */
const ASK_AGAIN_MS = 1_000

/** What kind of file or folder is chosen. */
export type FileKind = Parameters<Bridge['dialog.chooseOpen']>[0]['kind']

export interface EnvironmentState {
  status: EnvironmentStatus
  info: EnvironmentInfo | null
  recent: RecentEnvironment[]
  version: string
  host: 'electron' | 'browser'
  defaultFolder: string
  error: ErrorData | null
  start(): Promise<void>
  open(file: ChosenFile): Promise<boolean>
  create(file: NewFile, sample: boolean): Promise<boolean>
  /** Lets the jobs of a file from somebody else continue. */
  continueJobs(): Promise<void>
  close(): Promise<void>
  forget(file: ChosenFile): Promise<void>
  /** Asks the person for a file; null if cancelled or if the host has no such dialog. */
  chooseOpen(kind: FileKind): Promise<ChosenFile | null>
  chooseSave(suggestedName: string): Promise<ChosenFile | null>
  /** Brings chosen files to the host. Returns null when they cannot be brought there. */
  receive(files: File[]): Promise<ChosenFile | null>
  dismissError(): void
}

export function createEnvironmentStore(bridge: BridgeClient) {
  const store = createStore<EnvironmentState>()((set, get) => {
    const settle = async (work: Promise<EnvironmentInfo>): Promise<boolean> => {
      const before = get().status
      set({ status: 'opening', error: null })
      try {
        const info = await work
        set({ status: 'open', info })
        void refreshRecent()
        return true
      } catch (error) {
        // A failed opening may have closed the previous environment, so the host is asked.
        const info = await bridge.call('app.info').then(
          (app) => app.environment,
          () => null,
        )
        set({ status: info === null ? (before === 'open' ? 'none' : before) : 'open', info, error: errorDataOf(error) })
        return false
      }
    }
    const ask = async () => {
      try {
        const { environment, recent, version, host, defaultFolder } = await bridge.call('app.info')
        set({ status: environment === null ? 'none' : 'open', info: environment, recent, version, host, defaultFolder, error: null })
      } catch (thrown) {
        const error = errorDataOf(thrown)
        set({ status: 'failed', error })
        if (error.code === 'HOST_LOST') setTimeout(() => get().status === 'failed' && void ask(), ASK_AGAIN_MS)
      }
    }
    const refreshRecent = async () => {
      const { recent } = await bridge.call('app.info')
      set({ recent })
    }
    return {
      status: 'starting',
      info: null,
      recent: [],
      version: '',
      host: 'browser',
      defaultFolder: '',
      error: null,
      async start() {
        set({ status: 'starting', error: null })
        await ask()
      },
      open: ({ token }) => settle(bridge.call('environment.open', token)),
      create: (file, sample) => settle(bridge.call('environment.create', { file, sample })),
      continueJobs: async () => set({ info: await bridge.call('jobs.continue') }),
      async close() {
        await bridge.call('environment.close')
        set({ status: 'none', info: null })
        await refreshRecent()
      },
      async forget({ token }) {
        await bridge.call('environment.forget', token)
        set({ recent: get().recent.filter(({ file }) => file.token !== token) })
      },
      chooseOpen: (kind) => bridge.call('dialog.chooseOpen', { kind }),
      chooseSave: (suggestedName) => bridge.call('dialog.chooseSave', { suggestedName }),
      async receive(files) {
        try {
          return await bridge.fileOf(files)
        } catch (error) {
          set({ error: errorDataOf(error) })
          return null
        }
      },
      dismissError: () => set({ error: null }),
    }
  })
  // Another host knows none of the tokens of the one before.
  bridge.on('connection', async ({ isLost }) => {
    if (isLost) return
    const app = await bridge.call('app.info').catch(() => null)
    if (app !== null) store.setState({ recent: app.recent, version: app.version, defaultFolder: app.defaultFolder })
  })
  bridge.on('environment', (info) => {
    if (store.getState().status === 'opening') return // The answer to our own call handles this.
    store.setState(info === null ? { status: 'none', info: null } : { status: 'open', info })
  })
  return store
}
export type EnvironmentStore = ReturnType<typeof createEnvironmentStore>

export const environmentStore: StoreKey<EnvironmentStore> = ({ bridge }) => createEnvironmentStore(bridge)
