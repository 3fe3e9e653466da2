import { pluginNameShape } from '../format/plugins.ts'
import { defineOperation, nothingDone } from './operation.ts'

export const removePlugin = defineOperation({
  key: 'removePlugin',
  shape: pluginNameShape('removePlugin'),
  check: ({ plugin }, names) => names.plugin(plugin),
  async run(name, { workbench }) {
    await workbench.removePlugin(name)
    return nothingDone
  },
})
