export interface Settings {
  messages: ('Create' | 'Update' | 'Delete')[]
  /** `null` for every table. */
  table: string | null
  stage: 'PreValidation' | 'PreOperation' | 'PostOperation'
  /** For each record. */
  milliseconds: number
}

const DEFAULTS: Settings = { messages: ['Create', 'Update', 'Delete'], table: null, stage: 'PreOperation', milliseconds: 20 }

/** Reads the configuration. @throws an error whose message refuses the installation */
export function readSettings(configuration: string): Settings {
  const given: Partial<Settings> = configuration.trim() === '' ? {} : JSON.parse(configuration)
  const unknown = Object.keys(given).find((key) => !(key in DEFAULTS))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no setting of slow-down. There are: ${Object.keys(DEFAULTS).join(', ')}`)
  const settings = { ...DEFAULTS, ...given }
  if (!(settings.milliseconds >= 0)) throw new Error('"milliseconds" is a number from 0 on')
  return settings
}
