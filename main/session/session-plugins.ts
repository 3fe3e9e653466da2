import type { AvailablePlugin, AvailablePlugins, Bridge } from '#contract'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { Plugin, PluginCheck } from '#engine/contract/plugins'
import type { Workbench } from '../workbench/workbench.ts'
import { isSamePackage } from './is-same-package.ts'
import { keepUpload } from './keep-upload.ts'

/** How plug-ins are found and read on this computer. */
export interface PluginSources {
  /** What a folder, module file or archive holds. @throws PLUGIN_INVALID */
  read(path: string, options: { configuration: string }): Promise<PluginPackage>
  findIn(folders: { path: string; isBundled: boolean }[]): Promise<AvailablePlugin[]>
  /** Calls back after each change of a folder or file. Returns its own undo function. */
  watch(origin: string, onChange: () => void): () => void
}

type InstallInput = Parameters<Bridge['plugins.install']>[0]

/** Plug-ins on this computer, and their way into the open environment. */
export interface SessionPlugins {
  available(): Promise<AvailablePlugins>
  check(input: { path: string; configuration: string }): Promise<PluginCheck>
  /** With `isUpload` the files go away by themselves, and a copy that stays is made in the user's plug-in folder. */
  install(input: InstallInput, options: { isUpload: boolean }): Promise<Plugin>
}

export interface SessionPluginsOptions {
  workbench: () => Workbench
  sources: PluginSources
  userFolder: string
  bundledFolder: string
}

export function createSessionPlugins({ workbench, sources, userFolder, bundledFolder }: SessionPluginsOptions): SessionPlugins {
  /** The copy that an earlier upload of this plug-in left, where nobody changed it since. */
  const earlierCopy = async ({ origin, configuration, name }: Plugin): Promise<string | null> => {
    if (origin === null) return null
    const found = await sources.read(origin, { configuration }).catch(() => null)
    return found !== null && isSamePackage(found.files, workbench().engine.pluginPackage(name).files) ? origin : null
  }
  return {
    async available() {
      const folders = [
        { path: bundledFolder, isBundled: true },
        { path: userFolder, isBundled: false },
      ]
      return { plugins: await sources.findIn(folders), folder: userFolder }
    },
    async check({ path, configuration }) {
      const open = workbench()
      return open.checkPlugin(await sources.read(path, { configuration }))
    },
    async install({ path, configuration, agreedTo, replace, isDeveloped }, { isUpload }) {
      const open = workbench()
      const options = { isEnabled: agreedTo !== null, replace, isDeveloped, ...(agreedTo === null ? {} : { agreedTo }) }
      const found = await sources.read(path, { configuration })
      if (!isUpload) return open.installPlugin(found, options)
      const { manifest, replaces } = await open.checkPlugin(found)
      const kept = await keepUpload(path, { folder: userFolder, name: manifest.name, earlier: replaces && (await earlierCopy(replaces)) })
      return open.installPlugin({ ...found, source: kept, origin: kept }, options)
    },
  }
}
