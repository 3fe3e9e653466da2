import { pluginShape } from '../format/plugins.ts'
import { install, readPlugin } from '../plugins.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Installs and enables. One that does not fit, or whose name is taken, is refused. */
export const installPlugin = defineOperation({
  key: 'installPlugin',
  shape: pluginShape,
  check(entry, names) {
    names.installs(entry)
    return entry
  },
  async run(entry, { workbench, folder }) {
    await install(await readPlugin(entry, folder), workbench)
    return nothingDone
  },
})
