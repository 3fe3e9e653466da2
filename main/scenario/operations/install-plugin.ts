import { pluginShape } from '../format/plugins.ts'
import { defineOperation } from './operation.ts'

export const installPlugin = defineOperation({ key: 'installPlugin', shape: pluginShape, check: (stated) => stated })
