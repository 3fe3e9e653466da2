export interface Settings {
  /** The table for audit rows. */
  table: string
  /** Whether to refuse a change if the table is missing; otherwise the row is written to the trace log only. */
  required: boolean
}

const DEFAULTS: Settings = { table: 'new_owneraudit', required: false }

/** Reads the configuration. @throws an error whose message refuses the installation */
export function readSettings(configuration: string): Settings {
  const given: Partial<Settings> = configuration.trim() === '' ? {} : JSON.parse(configuration)
  const unknown = Object.keys(given).find((key) => !(key in DEFAULTS))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no setting of owner-audit. There are: ${Object.keys(DEFAULTS).join(', ')}`)
  return { ...DEFAULTS, ...given }
}
