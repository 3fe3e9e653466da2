import { pluginShape } from '../format/plugins.ts'
import { install, readPlugin } from '../plugins.ts'
import { defineOperation, nothingDone } from './operation.ts'

/** Installs and enables a plug-in. Refuses one that is invalid or whose name is taken. */
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
