import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { configuration, contentHash, messageName, name, path } from './shapes.ts'

export const pluginMethods = ({ session, isUpload }: MethodContext) => ({
  /** Returns the installed plug-ins, by name. */
  'plugins.find': method({ input: z.tuple([]), run: () => session.workbench().findPlugins() }),
  /** Returns the bundled examples, and the plug-ins in the user's folder. */
  'plugins.available': method({ input: z.tuple([]), run: () => session.plugins.available() }),
  /** Checks the plug-in at a path without changing anything, and returns what it asks for. */
  'plugins.check': method({
    input: z.tuple([z.strictObject({ path, configuration })]),
    run: (input) => session.plugins.check(input),
  }),
  /** Installs a plug-in. `agreedTo` is the content hash that the user was shown; without it the plug-in stays disabled. */
  'plugins.install': method({
    input: z.tuple([
      z.strictObject({ path, configuration, agreedTo: contentHash.nullable(), replace: z.boolean(), isDeveloped: z.boolean() }),
    ]),
    run: (input) => session.plugins.install(input, { isUpload: isUpload(input.path) }),
  }),
  'plugins.enable': method({
    input: z.tuple([z.strictObject({ name, agreedTo: contentHash.nullable() })]),
    run: ({ name: plugin, agreedTo }) => session.workbench().enablePlugin(plugin, agreedTo ?? undefined),
  }),
  'plugins.disable': method({ input: z.tuple([name]), run: (plugin) => session.workbench().disablePlugin(plugin) }),
  'plugins.remove': method({ input: z.tuple([name]), run: (plugin) => session.workbench().removePlugin(plugin) }),
  /** Sets whether changes of its folder are installed without asking. */
  'plugins.develop': method({
    input: z.tuple([z.strictObject({ name, isDeveloped: z.boolean() })]),
    run: ({ name: plugin, isDeveloped }) => session.workbench().developPlugin(plugin, isDeveloped),
  }),
  'plugins.files': method({ input: z.tuple([name]), run: (plugin) => session.workbench().pluginPackage(plugin).files }),
  /** Returns the steps in the order of execution. */
  'plugins.steps': method({
    input: z.tuple([z.strictObject({ table: name.exactOptional(), message: messageName.exactOptional() })]),
    run: (filter) => session.workbench().findSteps(filter),
  }),
})
