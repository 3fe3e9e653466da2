import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { configuration, contentHash, messageName, name, path } from './shapes.ts'

export const pluginMethods = ({ session, isUpload }: MethodContext): Area<'plugins'> => ({
  'plugins.find': { input: z.tuple([]), run: () => session.workbench().findPlugins() },
  'plugins.available': { input: z.tuple([]), run: () => session.plugins.available() },
  'plugins.check': {
    input: z.tuple([z.strictObject({ path, configuration })]),
    run: (input) => session.plugins.check(input),
  },
  'plugins.install': {
    input: z.tuple([
      z.strictObject({ path, configuration, agreedTo: contentHash.nullable(), replace: z.boolean(), isDeveloped: z.boolean() }),
    ]),
    run: (input) => session.plugins.install(input, { isUpload: isUpload(input.path) }),
  },
  'plugins.enable': {
    input: z.tuple([z.strictObject({ name, agreedTo: contentHash.nullable() })]),
    run: ({ name: plugin, agreedTo }) => session.workbench().enablePlugin(plugin, agreedTo ?? undefined),
  },
  'plugins.disable': { input: z.tuple([name]), run: (plugin) => session.workbench().disablePlugin(plugin) },
  'plugins.remove': { input: z.tuple([name]), run: (plugin) => session.workbench().removePlugin(plugin) },
  'plugins.develop': {
    input: z.tuple([z.strictObject({ name, isDeveloped: z.boolean() })]),
    run: ({ name: plugin, isDeveloped }) => session.workbench().developPlugin(plugin, isDeveloped),
  },
  'plugins.files': { input: z.tuple([name]), run: (plugin) => session.workbench().pluginPackage(plugin).files },
  'plugins.steps': {
    input: z.tuple([z.strictObject({ table: name.exactOptional(), message: messageName.exactOptional() })]),
    run: (filter) => session.workbench().findSteps(filter),
  },
})
