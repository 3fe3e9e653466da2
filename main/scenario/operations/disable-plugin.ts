import { pluginNameShape } from '../format/plugins.ts'
import { defineOperation } from './operation.ts'

export const disablePlugin = defineOperation({ key: 'disablePlugin', shape: pluginNameShape('disablePlugin'), check: (stated) => stated })
