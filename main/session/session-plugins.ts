import type { AvailablePlugin, AvailablePlugins, PluginInstallation } from '#contract'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { Plugin, PluginCheck } from '#engine/contract/plugins'
import type { Workbench } from '../workbench/workbench.ts'
import { isSamePackage } from './is-same-package.ts'
import { keepUpload } from './keep-upload.ts'

/** Reads and watches plug-ins on this computer. */
export interface PluginSources {
  /** Reads a folder, module file or archive. @throws PLUGIN_INVALID */
  read(path: string, options: { configuration: string }): Promise<PluginPackage>
  findIn(folders: { path: string; isBundled: boolean }[]): Promise<AvailablePlugin[]>
  /** Calls back after each change of a folder or file. Returns a function that stops it. */
  watch(origin: string, onChange: () => void): () => void
}

/** Lists the plug-ins on this computer and installs them into the open environment. */
export interface SessionPlugins {
  available(): Promise<AvailablePlugins>
  check(input: { path: string; configuration: string }): Promise<PluginCheck>
  /** Installs a plug-in. With `isUpload` the files are temporary, so it is first copied to the user's plug-in folder. */
  install(input: PluginInstallation, options: { isUpload: boolean }): Promise<Plugin>
}

export interface SessionPluginsOptions {
  workbench: () => Workbench
  sources: PluginSources
  userFolder: string
  bundledFolder: string
}

export function createSessionPlugins({ workbench, sources, userFolder, bundledFolder }: SessionPluginsOptions): SessionPlugins {
  /** Returns the copy of an earlier upload of this plug-in if it has not been changed since. */
  const earlierCopy = async ({ origin, configuration, name }: Plugin): Promise<string | null> => {
    if (origin === null) return null
    const found = await sources.read(origin, { configuration }).catch(() => null)
    return found !== null && isSamePackage(found.files, workbench().pluginPackage(name).files) ? origin : null
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
