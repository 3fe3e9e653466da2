import { statSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import { packageText } from '#text/english/packages'
import { PLUGIN_API_MODULE } from '../sandbox/inside/modules.ts'
import { pluginInvalid } from '../sandbox/plugin-invalid.ts'

const API_URL = 'cascade-workbench:plugin'
/** Bundled plug-ins use the short name. */
const API_NAMES = new Set(['cascade-workbench/plugin', '#plugin-api'])

/** Loads the package's entry from its file and returns the default export. @throws PLUGIN_INVALID */
export function requireModule({ origin, entry, source }: PluginPackage): unknown {
  if (origin === null) throw pluginInvalid(packageText.noFileOfItsOwn({ plugin: source }), { file: entry })
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      API_NAMES.has(specifier) ? { url: API_URL, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === API_URL ? { format: 'module', source: PLUGIN_API_MODULE, shortCircuit: true } : next(url, context),
  })
  try {
    const path = statSync(origin).isDirectory() ? join(origin, entry) : origin
    const module = createRequire(import.meta.url)(path) as { default?: unknown }
    return module.default
  } catch (error) {
    throw pluginInvalid(packageText.evaluationFailed({ reason: error instanceof Error ? error.message : String(error) }), {
      file: entry,
    })
  } finally {
    hooks.deregister()
  }
}
