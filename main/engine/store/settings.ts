import type { Settings } from '../contract/settings.ts'
import { DEFAULT_SETTINGS } from '../contract/settings.ts'
import type { Connection } from './connection.ts'

export function readSettings(connection: Connection): Settings {
  const rows = connection.statement<[], { name: string; value: string }>('SELECT name, value FROM _setting').all()
  const stored = Object.fromEntries(rows.filter(({ name }) => name in DEFAULT_SETTINGS).map(({ name, value }) => [name, JSON.parse(value)]))
  return { ...DEFAULT_SETTINGS, ...stored }
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
