import type { Connection } from '#engine/store/connection'
import { statementsOnce } from '#engine/store/connection'
import { type CommerceSettings, DEFAULT_SETTINGS } from '../model/settings.ts'

const statements = statementsOnce((connection: Connection) => ({
  all: connection.statement<[], { name: string; value: string }>('SELECT name, value FROM _commerce_setting'),
  set: connection.statement<[string, string]>('INSERT OR REPLACE INTO _commerce_setting (name, value) VALUES (?, ?)'),
  counter: connection.statement<[string], { value: number }>('SELECT value FROM _commerce_counter WHERE name = ?'),
  setCounter: connection.statement<[number, string]>('UPDATE _commerce_counter SET value = ? WHERE name = ?'),
}))

/** Reads the settings. One that is not of its type has its default. */
export function readSettings(connection: Connection): CommerceSettings {
  const stored: Record<string, unknown> = Object.fromEntries(
    statements(connection)
      .all.all()
      .map(({ name, value }) => [name, JSON.parse(value)]),
  )
  const settings = Object.entries(DEFAULT_SETTINGS).map(([name, value]) => [
    name,
    typeof stored[name] === typeof value ? stored[name] : value,
  ])
  return Object.fromEntries(settings) as CommerceSettings
}

export function writeSettings(connection: Connection, change: Partial<CommerceSettings>): void {
  for (const [name, value] of Object.entries(change)) statements(connection).set.run(name, JSON.stringify(value))
}

/** Counters of headquarters: its changes, and the numbers taken from the number sequence. */
type CounterName = 'version' | 'account'

export const readCounter = (connection: Connection, name: CounterName): number => statements(connection).counter.get(name)?.value ?? 0

export function writeCounter(connection: Connection, name: CounterName, value: number): void {
  statements(connection).setCounter.run(value, name)
}
