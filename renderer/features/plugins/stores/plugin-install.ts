import { createStore } from 'zustand/vanilla'
import type { ChosenFile, PluginSource } from '#contract'
import type { ErrorData } from '#engine/contract/errors'
import type { PluginCheck } from '#engine/contract/plugins'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** Pause in typing, in milliseconds, after which the plug-in is checked with the new configuration. */
const PAUSE_MS = 250

/**
 * The installation of a plug-in, with its steps:
 *
 * | step       | meaning                                                          |
 * |------------|------------------------------------------------------------------|
 * | idle       | nothing is being installed                                       |
 * | receiving  | files are being sent to the host                                 |
 * | waiting    | continues as soon as an environment is open                      |
 * | checking   | the host checks it; `check` is the previous result, if any       |
 * | asking     | `check` says what would be installed: the user decides           |
 * | refused    | it is invalid; `error` says why and where                        |
 * | installing | the user agreed                                                  |
 */
export type InstallStep = 'idle' | 'receiving' | 'waiting' | 'checking' | 'asking' | 'refused' | 'installing'

/** A plug-in to look at. */
export interface GivenPlugin {
  source: PluginSource
  name: string
  /** Whether it is a copy that was sent to the host. */
  isUpload: boolean
}

/** Returns a chosen file as the plug-in to look at. */
export const pluginIn = ({ token, name }: ChosenFile, isUpload = false): GivenPlugin => ({ source: { token }, name, isUpload })

export interface PluginInstallState {
  step: InstallStep
  /** Where it is read from; null until it has reached the host. */
  source: PluginSource | null
  /** The name of what is received or checked. */
  name: string
  /** Whether it is a copy that was sent to the host. */
  isUpload: boolean
  configuration: string
  isDeveloped: boolean
  check: PluginCheck | null
  /** Why it was refused, or was not installed. */
  error: ErrorData | null
  /** Brings dropped or chosen files to the host. Returns null if that failed. */
  receive(name: string, files: File[] | Promise<File[]>): Promise<ChosenFile | null>
  /** Keeps a plug-in until an environment is open. */
  wait(given: GivenPlugin): void
  /** Lets the host check a plug-in. */
  begin(given: GivenPlugin, configuration?: string): Promise<void>
  checkAgain(): Promise<void>
  configure(configuration: string): void
  chooseDeveloped(isDeveloped: boolean): void
  /** Installs the plug-in. Returns whether it was installed. */
  install(isEnabled: boolean): Promise<boolean>
  leave(): void
}

const NOTHING: Pick<PluginInstallState, 'step' | 'source' | 'name' | 'isUpload' | 'configuration' | 'isDeveloped' | 'check' | 'error'> = {
  step: 'idle',
  source: null,
  name: '',
  isUpload: false,
  configuration: '',
  isDeveloped: false,
  check: null,
  error: null,
}

export function createPluginInstallStore(bridge: BridgeClient) {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Number of the last check, so that answers to older ones can be ignored. */
  let question = 0
  const store = createStore<PluginInstallState>()((set, get) => {
    const look = async () => {
      clearTimeout(timer)
      const { source, configuration } = get()
      if (source === null) return
      const asked = ++question
      set({ step: 'checking', error: null })
      try {
        const check = await bridge.call('plugins.check', { source, configuration })
        if (asked === question) set({ step: 'asking', check })
      } catch (error) {
        if (asked === question) set({ step: 'refused', check: null, error: errorDataOf(error) })
      }
    }
    return {
      ...NOTHING,
      async receive(name, files) {
        question += 1
        set({ ...NOTHING, step: 'receiving', name })
        try {
          return await bridge.fileOf(await files)
        } catch (error) {
          set({ step: 'refused', error: errorDataOf(error) })
          return null
        }
      },
      wait: (given) => set({ ...NOTHING, ...given, step: 'waiting' }),
      async begin(given, configuration = '') {
        set({ ...NOTHING, ...given, configuration })
        await look()
        const { check } = get()
        if (check?.replaces) set({ isDeveloped: check.replaces.isDeveloped })
        // The configuration of the previous version is kept, unless this one has its own.
        if (check?.replaces && configuration === '' && check.replaces.configuration !== '') {
          set({ configuration: check.replaces.configuration })
          await look()
        }
      },
      checkAgain: look,
      configure(configuration) {
        set({ configuration, step: 'checking' })
        clearTimeout(timer)
        question += 1
        timer = setTimeout(() => void look(), PAUSE_MS)
      },
      chooseDeveloped: (isDeveloped) => set({ isDeveloped }),
      async install(isEnabled) {
        const { check, source, configuration, isDeveloped, step } = get()
        if (check === null || source === null || step !== 'asking') return false
        set({ step: 'installing', error: null })
        try {
          const agreedTo = isEnabled ? check.contentHash : null
          await bridge.call('plugins.install', { source, configuration, agreedTo, replace: check.replaces !== null, isDeveloped })
          set(NOTHING)
          return true
        } catch (thrown) {
          set({ step: 'asking', error: errorDataOf(thrown) })
          return false
        }
      },
      leave() {
        clearTimeout(timer)
        question += 1
        set(NOTHING)
      },
    }
  })
  return store
}
export type PluginInstallStore = ReturnType<typeof createPluginInstallStore>

export const pluginInstallStore: StoreKey<PluginInstallStore> = ({ bridge }) => createPluginInstallStore(bridge)
