import { settingsShape } from '../format/settings.ts'
import { defineOperation, nothingDone } from './operation.ts'

export const settings = defineOperation({
  key: 'settings',
  shape: settingsShape,
  check: (change) => change,
  async run(change, { workbench }) {
    await workbench.changeSettings(change)
    return nothingDone
  },
})
