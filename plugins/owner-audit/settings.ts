export interface Settings {
  /** Where the audit goes. */
  table: string
  /** Whether an owner may not change where the table is missing; otherwise the trace log says what would have been written. */
  required: boolean
}

const DEFAULTS: Settings = { table: 'new_owneraudit', required: false }

/** An error here refuses the installation with its message. */
export function readSettings(configuration: string): Settings {
  const given: Partial<Settings> = configuration.trim() === '' ? {} : JSON.parse(configuration)
  const unknown = Object.keys(given).find((key) => !(key in DEFAULTS))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no setting of owner-audit. There are: ${Object.keys(DEFAULTS).join(', ')}`)
  return { ...DEFAULTS, ...given }
}
