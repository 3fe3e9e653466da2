import type { RecordKey } from '../cells.ts'
import type { Names } from '../names.ts'
import { invalid, type Located } from '../scenario-error.ts'
import { fields, listOf, located, text } from '../shape.ts'
import { type RecordName, recordName } from './names-in-text.ts'

const record = located(recordName)

/** Links of an N:N relationship between a record and others, wherever a file speaks of them. */
export const linksShape = (what: string) =>
  fields(what, { relationship: located(text('an N:N relationship')), record, with: listOf('records as table/id', record) }, {})
export type StatedLinks = ReturnType<ReturnType<typeof linksShape>>

/** The links between a record and others, by the names of the file. */
export interface NamedLinks {
  /** Schema name, as the model writes it. */
  relationship: string
  intersectTable: string
  /** Whether the record is on the first side. */
  isFirst: boolean
  record: RecordKey
  others: RecordKey[]
}

/** Checks the names of links: the relationship, and that each record belongs to one of its sides. `read` checks a record. */
export function readLinks(
  { relationship, record: one, with: others }: StatedLinks,
  names: Names,
  read: (name: RecordName) => RecordKey = (name) => names.record(name),
): NamedLinks {
  const { schemaName, intersectTable, firstTable, secondTable } = names.manyToMany(relationship)
  const key = read(one.value)
  if (key.table !== firstTable && key.table !== secondTable)
    throw invalid(`${schemaName} links ${firstTable} with ${secondTable}, not ${key.table}.`, one.at)
  const isFirst = key.table === firstTable
  const expected = isFirst ? secondTable : firstTable
  return {
    relationship: schemaName,
    intersectTable,
    isFirst,
    record: key,
    others: others.map(({ value, at }: Located<RecordName>) => {
      const other = read(value)
      if (other.table !== expected) throw invalid(`${schemaName} links ${key.table} with ${expected}, not ${other.table}.`, at)
      return other
    }),
  }
}
