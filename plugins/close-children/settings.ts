export interface Settings {
  parent: string
  child: string
  /** The child's lookup that points to the parent. */
  lookup: string
  /** State code of open rows, on either side. */
  open: number
  /** State code that children get. */
  closed: number
}

const DEFAULTS: Settings = { parent: 'account', child: 'contact', lookup: 'parentcustomerid', open: 0, closed: 1 }

/** Reads the configuration. @throws an error whose message refuses the installation */
export function readSettings(configuration: string): Settings {
  const given: Partial<Settings> = configuration.trim() === '' ? {} : JSON.parse(configuration)
  const unknown = Object.keys(given).find((key) => !(key in DEFAULTS))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no setting of close-children. There are: ${Object.keys(DEFAULTS).join(', ')}`)
  return { ...DEFAULTS, ...given }
}
