import type { Engine } from '#engine/contract/engine'
import { EngineError } from '#engine/contract/errors'
import type { RecordFilter } from '#engine/contract/records'
import { type Aliases, type Cells, isRecordKey } from '../cells.ts'
import { writtenValues } from '../format/records.ts'
import { fields, listOf, located, text, wholeNumber } from '../shape.ts'
import { readCells } from '../values.ts'
import { defineExpectation, equal } from './expectation.ts'
import { sameValue } from './same-value.ts'

const countShape = listOf(
  'counts',
  fields('a count', { table: located(text('a table')), equals: wholeNumber(0) }, { where: writtenValues }),
)

export const count = defineExpectation({
  key: 'count',
  shape: countShape,
  check: (stated, names) =>
    stated.map(({ table, where, equals }) => {
      const compiled = names.table(table)
      return { table: compiled.definition.logicalName, where: readCells(where ?? [], compiled, names), equals }
    }),
  evaluate: (counts, { workbench, aliases }) =>
    counts.map(({ table, where, equals }, index) =>
      equal(`count[${index}].${table}`, equals, countRows(workbench.engine, table, where, aliases)),
    ),
})

function countRows(engine: Engine, table: string, where: Cells, aliases: Aliases): number {
  const filters = toFilters(where, aliases)
  try {
    const { total, exact } = engine.findRecords({ table, filters, offset: 0, limit: 1 })
    return exact ? total : countFurther(engine, table, filters, total)
  } catch (error) {
    // The store cannot search for links to a deleted record, but rows may still hold such links.
    if (error instanceof EngineError && error.code === 'RECORD_NOT_FOUND') return countByValues(engine, table, where, aliases)
    throw error
  }
}

/** Counts beyond the store's limit by bisection: asks whether there is a row at an offset. */
function countFurther(engine: Engine, table: string, filters: RecordFilter[], least: number): number {
  const hasRowAt = (offset: number) => engine.findRecords({ table, filters, offset, limit: 1 }).rows.length > 0
  let low = least
  let high = engine.countRecords(table)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (hasRowAt(middle)) low = middle + 1
    else high = middle
  }
  return low
}

function countByValues(engine: Engine, table: string, where: Cells, aliases: Aliases): number {
  const limit = 1_000
  const wanted = Object.entries(where)
  let found = 0
  for (let offset = 0; ; offset += limit) {
    const { rows } = engine.findRecords({ table, offset, limit })
    found += rows.filter(({ values }) => wanted.every(([column, cell]) => sameValue(cell, values[column] ?? null, aliases))).length
    if (rows.length < limit) return found
  }
}

const toFilters = (where: Cells, aliases: Aliases): RecordFilter[] =>
  Object.entries(where).map(([column, cell]) => {
    if (cell === null) return { column, operator: 'isNull' }
    return { column, operator: 'equals', value: isRecordKey(cell) ? aliases.refOf(cell) : cell }
  })
