import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Permission, PluginStatus } from '../contract/plugins.ts'

/** What a user agrees to: these files, their permissions, and whether changes of their folder are installed without asking. */
export interface Agreed {
  contentHash: string
  permissions: readonly Permission[]
  isDeveloped: boolean
  origin: string | null
}

/** Returns a keyed hash, which proves that somebody with this computer's key has agreed, wherever the file came from. */
export function agreementOf({ contentHash, permissions, isDeveloped, origin }: Agreed, key: string): string {
  const agreed = [contentHash, [...permissions].sort(), isDeveloped ? origin : null]
  return createHmac('sha256', key).update(JSON.stringify(agreed)).digest('hex')
}

/** Returns whether the user has agreed to a plug-in. Without a key, every enabled plug-in counts as agreed to. */
export function isAgreed(plugin: Agreed & { agreement: string | null }, key: string | undefined): boolean {
  if (key === undefined) return true
  if (plugin.agreement === null) return false
  const [stated, right] = [Buffer.from(plugin.agreement), Buffer.from(agreementOf(plugin, key))]
  return stated.length === right.length && timingSafeEqual(stated, right)
}

export function statusOfPlugin(plugin: Agreed & { agreement: string | null; isEnabled: boolean }, key: string | undefined): PluginStatus {
  if (!plugin.isEnabled) return 'Disabled'
  return isAgreed(plugin, key) ? 'Enabled' : 'Waiting for agreement'
}
