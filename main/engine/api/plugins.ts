import { pluginText } from '#text/english/plugins'
import type { Change } from '../contract/changes.ts'
import type { InstallOptions } from '../contract/engine.ts'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { MessageName } from '../contract/messages.ts'
import type { PluginPackage } from '../contract/plugin-runtime.ts'
import type { Plugin, PluginCheck } from '../contract/plugins.ts'
import { nearest } from '../model/nearest.ts'
import type { Agreed } from '../plugins/agreement.ts'
import { agreementOf, isAgreed } from '../plugins/agreement.ts'
import { describePlugin } from '../plugins/describe-plugin.ts'
import type { InspectedPackage } from '../plugins/inspect-package.ts'
import { inspectPackage } from '../plugins/inspect-package.ts'
import type { Session } from '../session/session.ts'
import type { Connection } from '../store/connection.ts'
import { findUser } from '../store/owners.ts'
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
import { change, method } from './method.ts'

const changesPlugins = (): Change[] => [{ kind: 'plugins' }]

/** Installing and removing plug-ins, and the order of their steps. Modules are only ever evaluated in a worker. */
export const pluginMethods = {
  /** Returns whether any enabled plug-in has steps. */
  usesPlugins: method({ where: 'main', run: ({ session }) => !session.registry.isEmpty }),
  /** Returns the installed plug-ins, by name. */
  findPlugins: method({
    where: 'main',
    run: ({ session: { connection, options } }) => readPlugins(connection).map((plugin) => describePlugin(plugin, options.agreementKey)),
  }),
  /** Returns the text of an installed plug-in's files. @throws INPUT_INVALID for an unknown name */
  pluginPackage: method({
    where: 'main',
    run: ({ session: { connection } }, name: string): PluginPackage =>
      connection.read(() => readPluginPackage(connection, getPlugin(connection, name).number)),
  }),
  /** Returns the steps in the order of execution. Read anew, because users may have been renamed. */
  findSteps: method({
    where: 'main',
    run: ({ session }, filter: { table?: string; message?: MessageName } = {}) => session.readRegistry().inOrder(filter),
  }),

  /** Checks a package without changing anything, and returns what would be installed. @throws PLUGIN_INVALID if it is invalid */
  checkPlugin: method({
    where: 'interactive',
    loadsModules: true,
    run({ session }, pluginPackage: PluginPackage): PluginCheck {
      const inspected = inspect(session, pluginPackage)
      const installed = findPlugin(session.connection, inspected.manifest.name)
      const replaces = installed ? describePlugin(installed, session.options.agreementKey) : null
      return { ...inspected, source: pluginPackage.source, replaces }
    },
  }),

  /** Installs a plug-in, or with `replace` another version of an installed one. @throws PLUGIN_INVALID, also for a name already taken */
  installPlugin: change({
    where: 'interactive',
    loadsModules: true,
    run({ session }, pluginPackage: PluginPackage, install: InstallOptions): Plugin {
      const { connection, options } = session
      // Evaluating the module may take long, so it happens before the transaction begins.
      const inspected = inspect(session, pluginPackage)
      return connection.write(() => {
        const { manifest } = inspected
        const installed = findPlugin(connection, manifest.name)
        if (installed && !install.replace) throw nameTaken(installed, pluginPackage)
        const key = options.agreementKey
        const agrees = key !== undefined && agreesTo(key, pluginPackage, inspected, install, installed)
        const { isEnabled, isDeveloped = false } = install
        const number = writePlugin(connection, { manifest, pluginPackage, isEnabled, isDeveloped, agreement: null, nowMs: options.now() })
        // Over what is stored now, steps included.
        if (agrees) setAgreement(connection, number, agreementOf(getPlugin(connection, manifest.name), key))
        return described(session, manifest.name)
      })
    },
    announces: changesPlugins,
  }),

  /** Enables a plug-in. @throws PLUGIN_NOT_AGREED unless the user has agreed to these files or `agreedTo` is their content hash */
  enablePlugin: change({
    where: 'main',
    run: ({ session }, name: string, agreedTo?: string) =>
      changePlugin(session, name, (plugin) => {
        const { connection, options } = session
        const key = options.agreementKey
        if (key !== undefined && !isAgreed(plugin, key)) {
          checkAgreedTo(plugin, agreedTo)
          setAgreement(connection, plugin.number, agreementOf(plugin, key))
        }
        setPluginEnabled(connection, plugin.number, true)
      }),
    announces: changesPlugins,
  }),
  disablePlugin: change({
    where: 'main',
    run: ({ session }, name: string) => changePlugin(session, name, ({ number }) => setPluginEnabled(session.connection, number, false)),
    announces: changesPlugins,
  }),
  removePlugin: change({
    where: 'main',
    run: ({ session: { connection } }, name: string) =>
      connection.write(() => deletePlugin(connection, getPlugin(connection, name).number)),
    announces: changesPlugins,
  }),
  /** Sets whether changes of its folder are installed without asking. */
  developPlugin: change({
    where: 'main',
    run: ({ session }, name: string, isDeveloped: boolean) =>
      changePlugin(session, name, (plugin) => {
        const { connection, options } = session
        const key = options.agreementKey
        if (isDeveloped && plugin.origin === null)
          throw inputInvalid(pluginText.noFolder({ plugin: name, source: plugin.source }), { plugin: name })
        if (key !== undefined && isAgreed(plugin, key))
          setAgreement(connection, plugin.number, agreementOf({ ...plugin, isDeveloped }, key))
        setPluginDeveloped(connection, plugin.number, isDeveloped)
      }),
    announces: changesPlugins,
  }),
}

function inspect({ connection, model, settings, options }: Session, pluginPackage: PluginPackage): InspectedPackage {
  return inspectPackage(pluginPackage, options.plugins, {
    model,
    findUser: (user) => findUser(connection, user),
    memoryMegabytes: settings.pluginMemoryMegabytes,
  })
}

/** Returns whether the user agrees to a plug-in that is installed. @throws PLUGIN_NOT_AGREED if it is to be enabled without that */
function agreesTo(
  key: string,
  { origin }: PluginPackage,
  { manifest: { name, permissions }, contentHash }: InspectedPackage,
  { isEnabled, isDeveloped = false, agreedTo }: InstallOptions,
  installed: StoredPlugin | undefined,
): boolean {
  const next = { name, contentHash, permissions, isDeveloped, origin }
  if (installed && isAgreed(installed, key) && carriesOver(installed, next)) return true
  if (!isEnabled && agreedTo !== contentHash) return false
  checkAgreedTo(next, agreedTo)
  return true
}

type Shown = Pick<Agreed, 'name' | 'contentHash' | 'permissions'>

/** @throws PLUGIN_NOT_AGREED unless the user has agreed to exactly these files */
function checkAgreedTo({ name, contentHash, permissions }: Shown, agreedTo: string | undefined): void {
  if (agreedTo === contentHash) return
  throw new EngineError('PLUGIN_NOT_AGREED', pluginText.notAgreed({ plugin: name }), {
    hint: permissions.length === 0 ? pluginText.asksForNothingHint : pluginText.asksForHint({ permissions: permissions.join(', ') }),
    details: { plugin: name, permissions, contentHash },
  })
}

function changePlugin(session: Session, name: string, apply: (plugin: StoredPlugin) => void): Plugin {
  return session.connection.write(() => {
    apply(getPlugin(session.connection, name))
    return described(session, name)
  })
}

function described({ connection, options }: Session, name: string): Plugin {
  return describePlugin(getPlugin(connection, name), options.agreementKey)
}

function findPlugin(connection: Connection, name: string): StoredPlugin | undefined {
  return readPlugins(connection).find((plugin) => plugin.name === name)
}

/** @throws INPUT_INVALID */
function getPlugin(connection: Connection, name: string): StoredPlugin {
  const plugins = readPlugins(connection)
  const found = plugins.find((plugin) => plugin.name === name)
  if (found) return found
  const names = plugins.map(({ name }) => name)
  const near = nearest(name, names)
  const says = near === undefined ? pluginText.unknown({ plugin: name }) : pluginText.unknownNear({ plugin: name, near })
  throw inputInvalid(says, { plugin: name, installed: names })
}

/** Returns whether the previous agreement covers this version: the same files, or for a developed plug-in the same folder without further permissions. */
function carriesOver(installed: StoredPlugin, { contentHash, permissions, isDeveloped, origin }: Omit<Agreed, 'registration'>): boolean {
  const isFollowed = installed.isDeveloped && installed.origin === origin
  return (
    (contentHash === installed.contentHash || isFollowed) &&
    (!isDeveloped || isFollowed) &&
    permissions.every((permission) => installed.permissions.includes(permission))
  )
}

const nameTaken = (installed: StoredPlugin, { entry }: PluginPackage) =>
  new EngineError('PLUGIN_INVALID', pluginText.nameTaken({ plugin: installed.name, version: installed.version }), {
    hint: pluginText.nameTakenHint,
    details: { field: 'name', file: entry, line: null, plugin: installed.name },
  })
