import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { PluginManifest } from '#engine/contract/plugins'
import type { CompiledModel } from '#engine/model/compiled-model'
import { bootstrap, bootstrapSecurity } from '#engine/store/bootstrap'
import type { Connection } from '#engine/store/connection'
import { sha256 } from '#engine/store/content-hash'
import { createFile } from '#engine/store/file'
import { readModel } from '#engine/store/metadata'
import { countedIds, START_MS, temporaryFolder } from './engine.ts'

/** A new environment file without an engine around it; closed and removed after the test. */
export function openStore(): { connection: Connection; model: CompiledModel; path: string } {
  const path = join(temporaryFolder(), 'store.cascade')
  const connection = createFile(path, (made) => {
    const newId = countedIds()
    bootstrap(made, START_MS, newId)
    bootstrapSecurity(made, START_MS, newId)
  })
  onTestFinished(() => connection.close())
  return { connection, model: readModel(connection), path }
}

export const step = (given: Partial<PluginManifest['steps'][number]> = {}): PluginManifest['steps'][number] => ({
  ordinal: 0,
  message: 'Update',
  table: 'systemuser',
  stage: 'PreOperation',
  mode: 'Sync',
  rank: 1,
  filteringAttributes: null,
  preImage: null,
  postImage: null,
  runAs: 'CallingUser',
  ...given,
})

export const manifest = (given: Partial<PluginManifest> = {}): PluginManifest => ({
  name: 'watch',
  version: '1.0.0',
  apiVersion: 1,
  permissions: [],
  steps: [step()],
  ...given,
})

/** A package of these files, the first of which is the entry. */
export const packageOf = (files: Record<string, string>, given: Partial<PluginPackage> = {}): PluginPackage => ({
  source: 'inline module',
  origin: null,
  entry: Object.keys(files)[0] ?? '',
  files: Object.entries(files)
    .map(([path, content]) => ({ path, content, sha256: sha256(content) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1)),
  configuration: '',
  ...given,
})
