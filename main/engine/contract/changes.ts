import type { Settings } from './settings.ts'

/** What a method changed, for whoever shows it: announced once it was committed. */
export type Change =
  /** Rows of these tables. */
  | { kind: 'records'; tables: string[] }
  | { kind: 'model' }
  | { kind: 'settings'; settings: Settings }
  /** Plug-ins were installed, changed, enabled, disabled or removed. */
  | { kind: 'plugins' }
