import { definePlugin, InvalidPluginExecutionError } from '#plugin-api'

/**
 * The source text of the modules that plug-ins can import from us. `cascade-workbench/plugin` is made from the functions of plugins/api
 * themselves, whose text is available in the sources and in the bundle.
 */
export const PLUGIN_API_MODULE = `
export const definePlugin = ${String(definePlugin)}
export const InvalidPluginExecutionError = ${String(InvalidPluginExecutionError)}
`

/** The global with the functions of `node:fs` while that module is evaluated, before any module of the plug-in. */
export const FILES_GLOBAL = 'cascade-workbench:files'
const FILES = ['readFileSync', 'existsSync', 'readdirSync', 'statSync', 'writeFileSync', 'appendFileSync', 'mkdirSync', 'rmSync']

export const FILES_MODULE = `
const files = globalThis['${FILES_GLOBAL}']
export default files
export const { ${FILES.join(', ')} } = files
`
