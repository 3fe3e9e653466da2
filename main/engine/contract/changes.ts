import type { Settings } from './settings.ts'

/** A change that a method made, announced after its commit to those that show the data. */
export type Change =
  /** Rows of these tables. */
  | { kind: 'records'; tables: string[] }
  | { kind: 'model' }
  | { kind: 'settings'; settings: Settings }
  /** Plug-ins were installed, changed, enabled, disabled or removed. */
  | { kind: 'plugins' }
  /** Headquarters, channels or what travels between them. */
  | { kind: 'commerce' }
