import { pluginShape } from '../format/plugins.ts'
import { fields, text } from '../shape.ts'
import { defineOperation } from './operation.ts'

const pluginName = (what: string) => fields(what, { plugin: text("a plug-in's name") }, {})
const unchecked = <T>(stated: T): T => stated

export const installPlugin = defineOperation({ key: 'installPlugin', shape: pluginShape, check: unchecked })
export const enablePlugin = defineOperation({ key: 'enablePlugin', shape: pluginName('enablePlugin'), check: unchecked })
export const disablePlugin = defineOperation({ key: 'disablePlugin', shape: pluginName('disablePlugin'), check: unchecked })
export const removePlugin = defineOperation({ key: 'removePlugin', shape: pluginName('removePlugin'), check: unchecked })
