import { createStore } from 'zustand/vanilla'
import type { AvailablePlugins } from '#contract'
import type { ErrorData } from '#engine/contract/errors'
import type { Plugin, PluginFile } from '#engine/contract/plugins'
import type { Message } from '#text/message'
import { type BridgeClient, BridgeError, errorDataOf } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'
import { frameText } from '../texts.ts'
import type { ActivityStore } from './activity.ts'
import { activityStore } from './activity.ts'

/** An action on an installed plug-in. */
export type PluginAction = 'enable' | 'disable' | 'remove' | 'develop'

export interface PluginsState {
  /** By name; null while loading. */
  plugins: Plugin[] | null
  error: ErrorData | null
  available: AvailablePlugins | null
  availableError: ErrorData | null
  /** The text of one plug-in's files. */
  files: { plugin: string; contentHash: string; files: PluginFile[] } | null
  filesError: ErrorData | null
  /** Plug-ins with an action that has not been answered yet. */
  changing: ReadonlySet<string>
  /** The last refused action, until the next one or until it is dismissed. */
  refused: { plugin: string; action: PluginAction; error: ErrorData } | null
  load(): Promise<void>
  loadAvailable(): Promise<void>
  loadFiles(plugin: Plugin): Promise<void>
  /** Enables a plug-in. Returns false if refused, `agreement` if the user has to agree to its files first. */
  enablePlugin(name: string, agreedTo?: string): Promise<boolean | 'agreement'>
  disablePlugin(name: string): Promise<boolean>
  removePlugin(name: string): Promise<boolean>
  developPlugin(name: string, isDeveloped: boolean): Promise<boolean>
  dismissRefused(): void
}

const NOTHING: Pick<PluginsState, 'plugins' | 'error' | 'available' | 'availableError' | 'files' | 'filesError' | 'changing' | 'refused'> =
  {
    plugins: null,
    error: null,
    available: null,
    availableError: null,
    files: null,
    filesError: null,
    changing: new Set<string>(),
    refused: null,
  }

/** Creates the store of installed and available plug-ins. */
export function createPluginsStore(bridge: BridgeClient, activity: ActivityStore) {
  const store = createStore<PluginsState>()((set, get) => {
    /** Runs an action and returns whether it succeeded. */
    const act = async (plugin: string, action: PluginAction, work: () => Promise<Plugin | null>): Promise<boolean> => {
      set({ changing: new Set(get().changing).add(plugin), refused: null })
      try {
        const changed = await work()
        const others = (get().plugins ?? []).filter(({ name }) => name !== plugin)
        set({ plugins: byName(changed === null ? others : [...others, changed]) })
        return true
      } catch (error) {
        set({ refused: { plugin, action, error: errorDataOf(error) } })
        return false
      } finally {
        const changing = new Set(get().changing)
        changing.delete(plugin)
        set({ changing })
      }
    }
    return {
      ...NOTHING,
      async load() {
        try {
          set({ plugins: byName(await bridge.call('plugins.find')), error: null })
        } catch (error) {
          set({ error: errorDataOf(error) })
        }
      },
      async loadAvailable() {
        try {
          set({ available: await bridge.call('plugins.available'), availableError: null })
        } catch (error) {
          set({ availableError: errorDataOf(error) })
        }
      },
      async loadFiles({ name, contentHash }) {
        if (get().files?.plugin !== name) set({ files: null })
        set({ filesError: null })
        try {
          set({ files: { plugin: name, contentHash, files: await bridge.call('plugins.files', name) } })
        } catch (error) {
          set({ filesError: errorDataOf(error) })
        }
      },
      async enablePlugin(name, agreedTo) {
        const isDone = await act(name, 'enable', () => bridge.call('plugins.enable', { name, agreedTo: agreedTo ?? null }))
        if (isDone || agreedTo !== undefined || get().refused?.error.code !== 'PLUGIN_NOT_AGREED') return isDone
        set({ refused: null })
        return 'agreement'
      },
      disablePlugin: (name) => act(name, 'disable', () => bridge.call('plugins.disable', name)),
      removePlugin: (name) =>
        act(name, 'remove', async () => {
          await bridge.call('plugins.remove', name)
          return null
        }),
      developPlugin: (name, isDeveloped) => act(name, 'develop', () => bridge.call('plugins.develop', { name, isDeveloped })),
      dismissRefused: () => set({ refused: null }),
    }
  })
  bridge.on('plugins', () => void store.getState().load())
  bridge.on('pluginReloaded', ({ name, error }) => {
    const { announce, reportError, notices, lastError, dismiss, dismissLastError } = activity.getState()
    // Only the newest version matters, because authors save a plug-in many times.
    const [taken, refused] = [frameText.reloaded({ plugin: name }), frameText.notReloaded({ plugin: name })]
    const isAboutIt = ({ key, params }: Message) => params?.plugin === name && (key === taken.key || key === refused.key)
    for (const { id, title } of notices) if (isAboutIt(title)) dismiss(id)
    if (lastError !== null && isAboutIt(lastError.title)) dismissLastError()
    if (error !== null) return reportError(refused, new BridgeError(error))
    announce(taken, { label: frameText.open, location: { screen: 'plugins', part: 'installed', plugin: name } })
  })
  return Object.assign(store, { reset: () => store.setState(NOTHING), load: () => void store.getState().load() })
}
export type PluginsStore = ReturnType<typeof createPluginsStore>

const byName = (plugins: Plugin[]): Plugin[] => plugins.toSorted((a, b) => a.name.localeCompare(b.name))

export const pluginsStore: StoreKey<PluginsStore> = ({ bridge, get }) => createPluginsStore(bridge, get(activityStore))
