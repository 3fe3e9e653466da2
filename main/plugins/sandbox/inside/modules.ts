import { definePlugin, InvalidPluginExecutionError } from '#plugin-api'

/**
 * The text of the modules that a plug-in gets from us. What authors import as `cascade-workbench/plugin` is made from the very functions
 * of plugins/api, whose text is at hand wherever this runs, from the sources or from a bundle.
 */
export const PLUGIN_API_MODULE = `
export const definePlugin = ${String(definePlugin)}
export const InvalidPluginExecutionError = ${String(InvalidPluginExecutionError)}
`

/** Where the functions of `node:fs` lie while that module is evaluated, before any of the plug-in's. */
export const FILES_GLOBAL = 'cascade-workbench:files'
const FILES = ['readFileSync', 'existsSync', 'readdirSync', 'statSync', 'writeFileSync', 'appendFileSync', 'mkdirSync', 'rmSync']

export const FILES_MODULE = `
const files = globalThis['${FILES_GLOBAL}']
export default files
export const { ${FILES.join(', ')} } = files
`
