import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What differs between the plug-ins that tests write. */
export interface PluginSketch {
  name?: string
  version?: string
  permissions?: string[]
  /** @default 'account' */
  table?: string
  stage?: string
  /** Statements of the one step's handler. */
  handler?: string
}

/** A whole module with one step on Update; its stage stands in line 6. */
export function pluginText({
  name = 'audit',
  version = '1.0.0',
  permissions = [],
  table = 'account',
  stage = 'PreOperation',
  handler = '',
}: PluginSketch = {}): string {
  const lines = [
    'export default {',
    `  name: '${name}',`,
    `  version: '${version}',`,
    '  apiVersion: 1,',
    `  permissions: ${JSON.stringify(permissions)},`,
    `  steps: [{ message: 'Update', table: '${table}', stage: '${stage}', handler(context) { ${handler} } }],`,
    '}',
  ]
  return lines.join('\n')
}

export const PACKAGE_JSON = JSON.stringify({ name: 'a-plugin', cascadeWorkbench: { plugin: './index.ts' } })

/** Writes a plug-in's folder, or its next version. Whoever reads meanwhile sees the old module or the new one. */
export async function writePlugin(path: string, sketch: PluginSketch = {}): Promise<void> {
  await mkdir(path, { recursive: true })
  const manifest = join(path, 'package.json')
  if (!existsSync(manifest)) await writeFile(manifest, PACKAGE_JSON)
  await writeFile(`${path}.draft`, pluginText(sketch))
  await rename(`${path}.draft`, join(path, 'index.ts'))
}
