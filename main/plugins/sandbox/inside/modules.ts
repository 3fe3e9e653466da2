import { definePlugin, InvalidPluginExecutionError } from '#plugin-api'

/**
 * The text of the modules that a plug-in gets from us. What authors import as `cascade-workbench/plugin` is made from the very functions
 * of plugins/api, whose text is at hand wherever this runs, from the sources or from a bundle.
 */
export const PLUGIN_API_MODULE = `
export const definePlugin = ${String(definePlugin)}
export const InvalidPluginExecutionError = ${String(InvalidPluginExecutionError)}
`

export const FILES_MODULE = 'export default {}'
