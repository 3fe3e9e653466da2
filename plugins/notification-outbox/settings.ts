export interface Settings {
  /** The table for messages. */
  outbox: string
  /** The tables whose new owners are notified. */
  tables: string[]
}

const DEFAULTS: Settings = { outbox: 'new_outboxmessage', tables: ['account'] }

/** Reads the configuration. @throws an error whose message refuses the installation */
export function readSettings(configuration: string): Settings {
  const given: Partial<Settings> = configuration.trim() === '' ? {} : JSON.parse(configuration)
  const unknown = Object.keys(given).find((key) => !(key in DEFAULTS))
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is no setting of notification-outbox. There are: ${Object.keys(DEFAULTS).join(', ')}`)
  if (given.tables !== undefined && !Array.isArray(given.tables)) throw new Error('"tables" is a list of logical names')
  return { ...DEFAULTS, ...given }
}
