import type { Settings } from '../contract/settings.ts'
import { DEFAULT_SETTINGS, isValidSetting } from '../contract/settings.ts'
import type { Connection } from './connection.ts'

/** Settings as they apply, and the names of those whose stored value was not valid and has the default instead. */
export interface ReadSettings {
  settings: Settings
  invalid: string[]
}

/**
 * Reads the settings. A stored value that is not valid counts for nothing: its setting has the default, so that no file can switch a limit
 * off, and none is unusable for a wrong setting.
 */
export function readSettings(connection: Connection): ReadSettings {
  const rows = connection.statement<[], { name: unknown; value: unknown }>('SELECT name, value FROM _setting').all()
  const stored = rows.filter(({ name }) => typeof name === 'string' && Object.hasOwn(DEFAULT_SETTINGS, name)) as StoredSetting[]
  const read = stored.map(({ name, value }) => ({ name, value: parsed(value) }))
  const valid = read.filter(({ name, value }) => isValidSetting(name, value))
  return {
    settings: { ...DEFAULT_SETTINGS, ...Object.fromEntries(valid.map(({ name, value }) => [name, value])) },
    invalid: read.filter((setting) => !valid.includes(setting)).map(({ name }) => name),
  }
}

interface StoredSetting {
  name: string
  value: unknown
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value))
  } catch {
    return undefined
  }
}

export function writeSettings(connection: Connection, change: Partial<Settings>): void {
  const put = connection.statement<[string, string]>(
    'INSERT INTO _setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  connection.write(() => {
    for (const [name, value] of Object.entries(change)) put.run(name, JSON.stringify(value))
  })
  connection.metadataChanged()
}
