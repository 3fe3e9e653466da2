import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Permission, PluginStatus } from '../contract/plugins.ts'

/**
 * What a user agrees to: a name, these files, their permissions, the steps as they are registered, and whether changes of their folder are
 * installed without asking.
 */
export interface Agreed {
  name: string
  contentHash: string
  permissions: readonly Permission[]
  /** The registered steps with everything that decides when they run, for whom, and what they get. */
  registration: string
  isDeveloped: boolean
  origin: string | null
}

/** Returns a keyed hash, which proves that somebody with this computer's key has agreed, wherever the file came from. */
export function agreementOf({ name, contentHash, permissions, registration, isDeveloped, origin }: Agreed, key: string): string {
  const agreed = [name, contentHash, [...permissions].sort(), registration, isDeveloped ? origin : null]
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
