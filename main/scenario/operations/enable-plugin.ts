import { pluginNameShape } from '../format/plugins.ts'
import { defineOperation } from './operation.ts'

export const enablePlugin = defineOperation({ key: 'enablePlugin', shape: pluginNameShape('enablePlugin'), check: (stated) => stated })
