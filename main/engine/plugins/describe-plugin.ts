import type { Plugin } from '../contract/plugins.ts'
import type { StoredPlugin } from '../store/plugins.ts'
import { statusOfPlugin } from './agreement.ts'

/** Converts a stored plug-in to plain data. */
export const describePlugin = (plugin: StoredPlugin, agreementKey: string | undefined): Plugin => ({
  name: plugin.name,
  version: plugin.version,
  status: statusOfPlugin(plugin, agreementKey),
  permissions: plugin.permissions,
  configuration: plugin.configuration,
  source: plugin.source,
  origin: plugin.origin,
  isDeveloped: plugin.isDeveloped,
  contentHash: plugin.contentHash,
  files: plugin.files,
  steps: plugin.steps,
  installedOnMs: plugin.installedOnMs,
  updatedOnMs: plugin.updatedOnMs,
})
