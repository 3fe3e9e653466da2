import type { FieldValue, RecordRow } from '#engine/contract/records'
import type { Aliases } from '../scenario/cells.ts'
import type { TestRow, TestValue } from './environment.ts'

/** Converts a stored row for tests: with aliases for GUIDs, and names for users and teams. */
export function writtenRow({ table, id, values }: RecordRow, aliases: Aliases, columns: readonly string[] | undefined): TestRow {
  const wanted = columns ?? Object.keys(values)
  return { ...Object.fromEntries(wanted.map((column) => [column, written(values[column], aliases)])), id: aliases.textOf({ table, id }) }
}

const written = (value: FieldValue | undefined, aliases: Aliases): TestValue => (Array.isArray(value) ? value : aliases.written(value))
