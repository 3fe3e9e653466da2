export interface Settings {
  parent: string
  child: string
  /** The child's lookup that points to the parent. */
  lookup: string
  /** The parent's whole-number column. */
  count: string
}

const DEFAULTS: Settings = { parent: 'account', child: 'contact', lookup: 'parentcustomerid', count: 'new_contactcount' }

/** Reads the configuration. @throws an error whose message refuses the installation */
export function readSettings(configuration: string): Settings {
  const given: Partial<Settings> = configuration.trim() === '' ? {} : JSON.parse(configuration)
  const unknown = Object.keys(given).find((key) => !(key in DEFAULTS))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no setting of rollup-counter. There are: ${Object.keys(DEFAULTS).join(', ')}`)
  return { ...DEFAULTS, ...given }
}
