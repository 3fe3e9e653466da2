import { pluginNameShape } from '../format/plugins.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** A scenario agrees to whatever it enables: its author wrote both. */
export const enablePlugin = defineOperation({
  key: 'enablePlugin',
  shape: pluginNameShape('enablePlugin'),
  check: ({ plugin }, names) => names.plugin(plugin),
  async run(name, { workbench }) {
    const contentHash = workbench.engine.findPlugins().find((plugin) => plugin.name === name)?.contentHash
    await workbench.enablePlugin(name, contentHash)
    return nothingDone
  },
})
