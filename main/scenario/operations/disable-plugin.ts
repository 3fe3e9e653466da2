import { pluginNameShape } from '../format/plugins.ts'
import { defineOperation, nothingDone } from './operation.ts'

export const disablePlugin = defineOperation({
  key: 'disablePlugin',
  shape: pluginNameShape('disablePlugin'),
  check: ({ plugin }, names) => names.plugin(plugin),
  async run(name, { workbench }) {
    await workbench.disablePlugin(name)
    return nothingDone
  },
})
