import { pluginNameShape } from '../format/plugins.ts'
import { defineOperation } from './operation.ts'

export const removePlugin = defineOperation({ key: 'removePlugin', shape: pluginNameShape('removePlugin'), check: (stated) => stated })
