import { pluginNameShape } from '../format/plugins.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Enables a plug-in and agrees to its permissions, since the scenario's author chose it. */
export const enablePlugin = defineOperation({
  key: 'enablePlugin',
  shape: pluginNameShape('enablePlugin'),
  check: ({ plugin }, names) => names.plugin(plugin),
  async run(name, { workbench }) {
    const contentHash = workbench.findPlugins().find((plugin) => plugin.name === name)?.contentHash
    await workbench.enablePlugin(name, contentHash)
    return nothingDone
  },
})
