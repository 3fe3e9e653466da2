import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Permission, PluginStatus } from '../contract/plugins.ts'

/** What a user agrees to: these files, what they may reach, and whether changes of their folder are taken over without asking. */
export interface Agreed {
  contentHash: string
  permissions: readonly Permission[]
  isDeveloped: boolean
  origin: string | null
}

/** A keyed hash: it says that somebody with this computer's key has agreed, whoever passed the file on since. */
export function agreementOf({ contentHash, permissions, isDeveloped, origin }: Agreed, key: string): string {
  const agreed = [contentHash, [...permissions].sort(), isDeveloped ? origin : null]
  return createHmac('sha256', key).update(JSON.stringify(agreed)).digest('hex')
}

/** Without a key, whatever is enabled was agreed to. */
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
