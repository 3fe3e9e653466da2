import { EngineError } from '#engine/contract/errors'
import type { RecordValues } from '#engine/contract/records'
import { type Cells, cellText, keyText, type RecordKey } from '../cells.ts'
import { splitRecordName } from '../format/names-in-text.ts'
import { type WrittenValues, writtenValues } from '../format/records.ts'
import { invalid } from '../scenario-error.ts'
import { dictionaryOf, expected, type Shape } from '../shape.ts'
import { readCells } from '../values.ts'
import { defineExpectation, type ExpectationLine, type Observed } from './expectation.ts'
import { sameValue } from './same-value.ts'

type Presence = 'absent' | 'present'

const presenceOrValues: Shape<Presence | WrittenValues> = (node) => {
  if (node.kind === 'mapping') return writtenValues(node)
  if (node.kind === 'scalar' && (node.value === 'absent' || node.value === 'present')) return node.value
  throw expected('absent, present, or a mapping of column: value', node)
}

interface RecordExpectation {
  key: RecordKey
  wanted: Presence | Cells
}

const recordsShape = dictionaryOf('table/id: what it holds', presenceOrValues)

export const records = defineExpectation({
  key: 'records',
  shape: recordsShape,
  check: (stated, names) =>
    stated.map(({ name, nameAt, value }): RecordExpectation => {
      const written = splitRecordName(name)
      if (written === undefined) throw invalid(`Expected a record as table/id, found "${name}".`, nameAt)
      const table = names.table({ value: written.table, at: nameAt })
      const key = names.record({ ...written, at: nameAt })
      return { key, wanted: typeof value === 'string' ? value : readCells(value, table, names) }
    }),
  evaluate: (wanted, observed) => wanted.flatMap((each) => compare(each, observed)),
})

function compare({ key, wanted }: RecordExpectation, observed: Observed): ExpectationLine[] {
  const path = `records.${keyText(key)}`
  const values = find(key, observed)
  const presence: Presence = values === undefined ? 'absent' : 'present'
  if (typeof wanted === 'string') return [{ path, expected: wanted, actual: presence, held: wanted === presence }]
  if (values === undefined) return [{ path, expected: 'present', actual: 'absent', held: false }]
  const columns = Object.entries(wanted)
  if (columns.length === 0) return [{ path, expected: 'present', actual: 'present', held: true }]
  return columns.map(([column, cell]) => ({
    path: `${path}.${column}`,
    expected: cellText(cell),
    actual: observed.aliases.written(values[column]),
    held: sameValue(cell, values[column] ?? null, observed.aliases),
  }))
}

function find(key: RecordKey, { observer, aliases }: Observed): RecordValues | undefined {
  try {
    return observer.getRecord(aliases.refOf(key)).values
  } catch (error) {
    if (error instanceof EngineError && error.code === 'RECORD_NOT_FOUND') return undefined
    throw error
  }
}
