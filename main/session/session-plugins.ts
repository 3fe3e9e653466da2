import type { AvailablePlugins, PluginInstallation, PluginSource } from '#contract'
import { EngineError, inputInvalid } from '#engine/contract/errors'
import type { Permission, Plugin, PluginCheck } from '#engine/contract/plugins'
import { pluginText } from '#text/english/plugins'
import { sessionText } from '#text/english/session'
import type { Workbench } from '../workbench/workbench.ts'
import type { ChosenFiles } from './chosen-files.ts'
import { isSamePackage } from './is-same-package.ts'
import { keepUpload } from './keep-upload.ts'

/** Watches plug-ins on this computer. They are read by a worker of the open environment. */
export interface PluginSources {
  /** Calls back after each change of a folder or file. Returns a function that stops it. */
  watch(origin: string, onChange: () => void): () => void
}

/** What a plug-in would be allowed, for the person to confirm where no script of the page can. */
export interface PermissionQuestion {
  plugin: string
  version: string
  /** Where it comes from. */
  source: string
  permissions: readonly Permission[]
  contentHash: string
  /** Whether changes of its folder are installed without asking. */
  isDeveloped: boolean
}

interface AskingHost {
  confirmPermissions(question: PermissionQuestion): Promise<boolean>
}

/** Lists the plug-ins on this computer and installs them into the open environment. */
export interface SessionPlugins {
  available(): Promise<AvailablePlugins>
  check(input: { source: PluginSource; configuration: string }): Promise<PluginCheck>
  /**
   * Installs a plug-in. Uploaded files are temporary, so they are first copied to the user's plug-in folder.
   * @throws PLUGIN_NOT_AGREED if the host's question about its permissions was answered with no; also by the methods below
   */
  install(input: PluginInstallation, host: AskingHost & { isUpload: (path: string) => boolean }): Promise<Plugin>
  enable(name: string, agreedTo: string | undefined, host: AskingHost): Promise<Plugin>
  develop(name: string, isDeveloped: boolean, host: AskingHost): Promise<Plugin>
}

export interface SessionPluginsOptions {
  workbench: () => Workbench
  files: ChosenFiles
  userFolder: string
  bundledFolder: string
}

export function createSessionPlugins({ workbench, files, userFolder, bundledFolder }: SessionPluginsOptions): SessionPlugins {
  /**
   * Returns the copy of an earlier upload of this plug-in if it has not been changed since. A followed folder is left alone, because what
   * is written to it is installed without asking.
   */
  const earlierCopy = async ({ origin, configuration, name, isDeveloped }: Plugin): Promise<string | null> => {
    if (origin === null || isDeveloped) return null
    const found = await workbench()
      .readPackage(origin, configuration)
      .catch(() => null)
    return found !== null && isSamePackage(found.files, workbench().pluginPackage(name).files) ? origin : null
  }
  /** An origin is given no token, because the environment that names it may be somebody else's. */
  const pathOf = (source: PluginSource): string => {
    if ('token' in source) return files.pathOf(source.token)
    const { origin, source: shown } = workbench().pluginPackage(source.plugin)
    if (origin !== null) return origin
    throw inputInvalid(pluginText.noFolder({ plugin: source.plugin, source: shown }), { plugin: source.plugin })
  }
  return {
    async available() {
      const folders = [
        { path: bundledFolder, isBundled: true },
        { path: userFolder, isBundled: false },
      ]
      const found = await workbench().findAvailablePlugins(folders)
      return { plugins: found.map((plugin) => ({ ...plugin, file: files.give(plugin.path) })), folder: userFolder }
    },
    async check({ source, configuration }) {
      const open = workbench()
      return open.checkPlugin(await open.readPackage(pathOf(source), configuration))
    },
    async install({ source, configuration, agreedTo, replace, isDeveloped }, { isUpload, confirmPermissions }) {
      const open = workbench()
      const path = pathOf(source)
      const options = { isEnabled: agreedTo !== null, replace, isDeveloped, ...(agreedTo === null ? {} : { agreedTo }) }
      const found = await open.readPackage(path, configuration)
      const { manifest, contentHash, replaces } = await open.checkPlugin(found)
      if (agreedTo === contentHash) {
        const { name, version, permissions } = manifest
        await confirm({ plugin: name, version, source: found.source, permissions, contentHash, isDeveloped }, confirmPermissions)
      }
      if (!isUpload(path)) return open.installPlugin(found, options)
      const kept = await keepUpload(path, { folder: userFolder, name: manifest.name, earlier: replaces && (await earlierCopy(replaces)) })
      return open.installPlugin({ ...found, source: kept, origin: kept }, options)
    },
    async enable(name, agreedTo, { confirmPermissions }) {
      const open = workbench()
      const plugin = open.findPlugins().find((one) => one.name === name)
      if (plugin !== undefined && agreedTo === plugin.contentHash) await confirm({ ...plugin, plugin: name }, confirmPermissions)
      return open.enablePlugin(name, agreedTo)
    },
    async develop(name, isDeveloped, { confirmPermissions }) {
      const open = workbench()
      const plugin = open.findPlugins().find((one) => one.name === name)
      if (plugin !== undefined && isDeveloped && !plugin.isDeveloped)
        await confirm({ ...plugin, plugin: name, isDeveloped }, confirmPermissions)
      return open.developPlugin(name, isDeveloped)
    },
  }
}

/** @throws PLUGIN_NOT_AGREED if the person does not allow what the plug-in asks for */
async function confirm(question: PermissionQuestion, ask: AskingHost['confirmPermissions']): Promise<void> {
  const { plugin, permissions } = question
  if (permissions.length === 0 || (await ask(question))) return
  throw new EngineError('PLUGIN_NOT_AGREED', sessionText.notConfirmed({ plugin }), {
    hint: sessionText.notConfirmedHint,
    details: { plugin, permissions },
  })
}
