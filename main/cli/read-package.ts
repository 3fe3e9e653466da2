import { resolve } from 'node:path'
import type { PluginPackage } from '#engine/contract/plugin-runtime'

/** The readers of archives come with the first package: most commands need none. @throws PLUGIN_INVALID */
export async function readPackage(path: string, configuration: string): Promise<PluginPackage> {
  const { readPluginPackage } = await import('../plugins/package/index.ts')
  return readPluginPackage(resolve(path), { configuration })
}
