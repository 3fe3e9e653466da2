import { resolve } from 'node:path'
import type { PluginPackage } from '#engine/contract/plugin-runtime'

/** Reads a package. Imports its readers on the first call, because most commands need none. @throws PLUGIN_INVALID */
export async function readPackage(path: string, configuration: string): Promise<PluginPackage> {
  const { readPluginPackage } = await import('../plugins/package/index.ts')
  return readPluginPackage(resolve(path), { configuration })
}
