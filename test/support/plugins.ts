import type { Plugin, PluginCheck, PluginStep, StepInOrder } from '#engine/contract/plugins'

/** Plug-ins as the host tells of them, for tests of what the window makes of them. */

export const stepOf = (change: Partial<PluginStep> = {}): PluginStep => ({
  number: 1,
  plugin: 'owner-audit',
  ordinal: 0,
  message: 'Update',
  table: 'account',
  stage: 'PostOperation',
  mode: 'Sync',
  rank: 1,
  filteringAttributes: null,
  preImage: null,
  postImage: null,
  runAs: 'CallingUser',
  ...change,
})

export const fileOf = (path: string, content = path): Plugin['files'][number] => ({
  path,
  sha256: `${content}-hash`,
  characters: content.length,
})

export const pluginOf = (change: Partial<Plugin> = {}): Plugin => ({
  name: 'owner-audit',
  version: '1.0.0',
  status: 'Enabled',
  permissions: [],
  configuration: '',
  source: '/plugins/owner-audit',
  origin: '/plugins/owner-audit',
  isDeveloped: false,
  contentHash: 'a'.repeat(64),
  files: [fileOf('index.ts')],
  steps: [stepOf()],
  installedOnMs: 1,
  updatedOnMs: 1,
  ...change,
})

export const checkOf = (change: Partial<PluginCheck> = {}): PluginCheck => ({
  manifest: { name: 'owner-audit', version: '1.1.0', apiVersion: 1, permissions: [], steps: [stepOf()] },
  contentHash: 'b'.repeat(64),
  files: [fileOf('index.ts')],
  source: '/plugins/owner-audit',
  replaces: null,
  ...change,
})

export const orderedOf = (change: Partial<StepInOrder> = {}): StepInOrder => ({
  ...stepOf(),
  status: 'Enabled',
  version: '1.0.0',
  ...change,
})
