import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { configuration, contentHash, messageName, name, pluginSource } from './shapes.ts'

export const pluginMethods = ({ session, isUpload, dialogs: { confirmPermissions } }: MethodContext) => ({
  /** Returns the installed plug-ins, by name. */
  'plugins.find': method({ input: z.tuple([]), run: () => session.workbench().findPlugins() }),
  /** Returns the bundled examples, and the plug-ins in the user's folder. */
  'plugins.available': method({ input: z.tuple([]), run: () => session.plugins.available() }),
  /** Checks a plug-in without changing anything, and returns what it asks for. */
  'plugins.check': method({
    input: z.tuple([z.strictObject({ source: pluginSource, configuration })]),
    run: (input) => session.plugins.check(input),
  }),
  /**
   * Installs a plug-in. `agreedTo` is the content hash that the user was shown; without it the plug-in stays disabled. The host itself
   * asks the user about permissions, here and below.
   */
  'plugins.install': method({
    input: z.tuple([
      z.strictObject({
        source: pluginSource,
        configuration,
        agreedTo: contentHash.nullable(),
        replace: z.boolean(),
        isDeveloped: z.boolean(),
      }),
    ]),
    run: (input) => session.plugins.install(input, { isUpload, confirmPermissions }),
  }),
  'plugins.enable': method({
    input: z.tuple([z.strictObject({ name, agreedTo: contentHash.nullable() })]),
    run: ({ name: plugin, agreedTo }) => session.plugins.enable(plugin, agreedTo ?? undefined, { confirmPermissions }),
  }),
  'plugins.disable': method({ input: z.tuple([name]), run: (plugin) => session.workbench().disablePlugin(plugin) }),
  'plugins.remove': method({ input: z.tuple([name]), run: (plugin) => session.workbench().removePlugin(plugin) }),
  /** Sets whether changes of its folder are installed without asking. */
  'plugins.develop': method({
    input: z.tuple([z.strictObject({ name, isDeveloped: z.boolean() })]),
    run: ({ name: plugin, isDeveloped }) => session.plugins.develop(plugin, isDeveloped, { confirmPermissions }),
  }),
  'plugins.files': method({ input: z.tuple([name]), run: (plugin) => session.workbench().pluginPackage(plugin).files }),
  /** Returns the steps in the order of execution. */
  'plugins.steps': method({
    input: z.tuple([z.strictObject({ table: name.exactOptional(), message: messageName.exactOptional() })]),
    run: (filter) => session.workbench().findSteps(filter),
  }),
})
