export interface Settings {
  messages: ('Create' | 'Update' | 'Delete')[]
  /** `null` for every table. */
  table: string | null
  stage: 'PreValidation' | 'PreOperation' | 'PostOperation'
  /** Share of the records that fail, from 0 to 1, chosen by their ids. */
  rate: number
  /** Another seed chooses other records. */
  seed: string
  /** Ids of records that fail. */
  records: string[]
  /** Records that hold a matching text fail: a regular expression that ignores case; `null` for none. */
  names: string | null
  /** `failure`: something unexpected, 0x80040224. `refusal`: a business refusal, 0x80040265. */
  as: 'failure' | 'refusal'
  /** Number of failed attempts after which a record passes in a job; `null` for never. */
  recoversAfter: number | null
}

const DEFAULTS: Settings = {
  messages: ['Create', 'Update', 'Delete'],
  table: null,
  stage: 'PreOperation',
  rate: 0,
  seed: '',
  records: [],
  names: 'chaos',
  as: 'failure',
  recoversAfter: null,
}

/** Reads the configuration. @throws an error whose message refuses the installation */
export function readSettings(configuration: string): Settings {
  const given: Partial<Settings> = configuration.trim() === '' ? {} : JSON.parse(configuration)
  const unknown = Object.keys(given).find((key) => !(key in DEFAULTS))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no setting of chaos. There are: ${Object.keys(DEFAULTS).join(', ')}`)
  const settings = { ...DEFAULTS, ...given }
  if (!(settings.rate >= 0 && settings.rate <= 1)) throw new Error('"rate" is a number from 0 to 1')
  if (settings.as !== 'failure' && settings.as !== 'refusal') throw new Error('"as" is "failure" or "refusal"')
  if (settings.names !== null) new RegExp(settings.names)
  return settings
}
