import type { Engine, InstallOptions } from '../contract/engine.ts'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { PluginPackage } from '../contract/plugin-runtime.ts'
import type { Plugin } from '../contract/plugins.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Agreed } from '../plugins/agreement.ts'
import { agreementOf, isAgreed } from '../plugins/agreement.ts'
import { describePlugin } from '../plugins/describe-plugin.ts'
import type { InspectedPackage } from '../plugins/inspect-package.ts'
import { inspectPackage } from '../plugins/inspect-package.ts'
import type { Session } from '../session/session.ts'
import type { StoredPlugin } from '../store/plugins.ts'
import {
  deletePlugin,
  readPluginPackage,
  readPlugins,
  setAgreement,
  setPluginDeveloped,
  setPluginEnabled,
  writePlugin,
} from '../store/plugins.ts'
import { findOwner } from '../store/rows.ts'

type PluginVerbs = Pick<
  Engine,
  | 'findPlugins'
  | 'pluginPackage'
  | 'checkPlugin'
  | 'installPlugin'
  | 'enablePlugin'
  | 'disablePlugin'
  | 'removePlugin'
  | 'developPlugin'
  | 'usesPlugins'
  | 'findSteps'
>

/** Returns the methods that install, enable and remove plug-ins and list their steps. */
export function pluginVerbs(session: Session): PluginVerbs {
  const { connection, options } = session
  const key = options.agreementKey

  return {
    findPlugins: () => readPlugins(connection).map((plugin) => describePlugin(plugin, key)),
    pluginPackage: (name) => connection.read(() => readPluginPackage(connection, getPlugin(name).number)),

    checkPlugin(pluginPackage) {
      const inspected = inspect(pluginPackage)
      const installed = findPlugin(inspected.manifest.name)
      return { ...inspected, source: pluginPackage.source, replaces: installed ? describePlugin(installed, key) : null }
    },

    installPlugin(pluginPackage, install) {
      // Evaluating the module may take long, so it happens before the transaction begins.
      const inspected = inspect(pluginPackage)
      return connection.write(() => {
        const { manifest } = inspected
        const installed = findPlugin(manifest.name)
        if (installed && !install.replace) throw nameTaken(installed, pluginPackage)
        const agreement = agreementFor(pluginPackage, inspected, install, installed)
        const { isEnabled, isDeveloped = false } = install
        writePlugin(connection, { manifest, pluginPackage, isEnabled, isDeveloped, agreement, nowMs: options.now() })
        return described(manifest.name)
      })
    },

    enablePlugin(name, agreedTo) {
      return change(name, (plugin) => {
        if (!isAgreed(plugin, key)) setAgreement(connection, plugin.number, newAgreement(name, plugin, agreedTo))
        setPluginEnabled(connection, plugin.number, true)
      })
    },

    disablePlugin: (name) => change(name, ({ number }) => setPluginEnabled(connection, number, false)),
    removePlugin: (name) => connection.write(() => deletePlugin(connection, getPlugin(name).number)),

    developPlugin(name, isDeveloped) {
      return change(name, (plugin) => {
        if (isDeveloped && plugin.origin === null)
          throw inputInvalid(`The plug-in ${name} came from ${plugin.source}, which cannot be read again.`, { plugin: name })
        if (key !== undefined && isAgreed(plugin, key))
          setAgreement(connection, plugin.number, agreementOf({ ...plugin, isDeveloped }, key))
        setPluginDeveloped(connection, plugin.number, isDeveloped)
      })
    },

    usesPlugins: () => !session.registry.isEmpty,
    findSteps: (filter = {}) => session.registry.inOrder(filter),
  }

  function inspect(pluginPackage: PluginPackage): InspectedPackage {
    const { model, settings } = session
    return inspectPackage(pluginPackage, options.plugins, {
      model,
      users: (name) => findOwner(connection, model, name)?.table === 'systemuser',
      memoryMegabytes: settings.pluginMemoryMegabytes,
    })
  }

  /** Returns the agreement to store with a plug-in. @throws PLUGIN_NOT_AGREED if it is to be enabled without one */
  function agreementFor(
    { origin }: PluginPackage,
    { manifest, contentHash }: InspectedPackage,
    { isEnabled, isDeveloped = false, agreedTo }: InstallOptions,
    installed: StoredPlugin | undefined,
  ): string | null {
    if (key === undefined) return null
    const agreed = { contentHash, permissions: manifest.permissions, isDeveloped, origin }
    if (installed && isAgreed(installed, key) && carriesOver(installed, agreed)) return agreementOf(agreed, key)
    return isEnabled || agreedTo === contentHash ? newAgreement(manifest.name, agreed, agreedTo) : null
  }

  /** @throws PLUGIN_NOT_AGREED unless the user has agreed to exactly these files */
  function newAgreement(name: string, agreed: Agreed, agreedTo: string | undefined): string | null {
    if (key === undefined) return null
    if (agreedTo === agreed.contentHash) return agreementOf(agreed, key)
    const { permissions, contentHash } = agreed
    throw new EngineError('PLUGIN_NOT_AGREED', `Nobody on this computer has agreed to what the plug-in ${name} may do.`, {
      hint: `It asks for ${permissions.length === 0 ? 'no permission' : permissions.join(', ')}. Look at it, agree, and enable it then.`,
      details: { plugin: name, permissions, contentHash },
    })
  }

  function change(name: string, apply: (plugin: StoredPlugin) => void): Plugin {
    return connection.write(() => {
      apply(getPlugin(name))
      return described(name)
    })
  }

  function described(name: string): Plugin {
    return describePlugin(getPlugin(name), key)
  }

  function findPlugin(name: string): StoredPlugin | undefined {
    return readPlugins(connection).find((plugin) => plugin.name === name)
  }

  /** @throws INPUT_INVALID */
  function getPlugin(name: string): StoredPlugin {
    const plugins = readPlugins(connection)
    const found = plugins.find((plugin) => plugin.name === name)
    if (found) return found
    const names = plugins.map(({ name }) => name)
    throw inputInvalid(`There is no plug-in "${name}" in this environment.${didYouMean(name, names)}`, { plugin: name, installed: names })
  }
}

/** Returns whether the previous agreement covers this version: the same files, or for a developed plug-in the same folder without further permissions. */
function carriesOver(installed: StoredPlugin, { contentHash, permissions, isDeveloped, origin }: Agreed): boolean {
  const isFollowed = installed.isDeveloped && installed.origin === origin
  return (
    (contentHash === installed.contentHash || isFollowed) &&
    (!isDeveloped || isFollowed) &&
    permissions.every((permission) => installed.permissions.includes(permission))
  )
}

const nameTaken = (installed: StoredPlugin, { entry }: PluginPackage) =>
  new EngineError('PLUGIN_INVALID', `A plug-in named ${installed.name} is installed already, in version ${installed.version}.`, {
    hint: 'Replace it with this one, remove it first, or give this one another name.',
    details: { field: 'name', file: entry, line: null, plugin: installed.name },
  })
