import type { RecordFilter } from '#engine/model'
import { type Aliases, type Cells, isRecordKey } from '../cells.ts'
import { writtenValues } from '../format/records.ts'
import { fields, listOf, located, text, wholeNumber } from '../shape.ts'
import { readCells } from '../values.ts'
import { defineExpectation, equal, type Observed } from './expectation.ts'

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
  evaluate: (counts, observed) =>
    counts.map(({ table, where, equals }, index) => equal(`count[${index}].${table}`, equals, countRows(table, where, observed))),
})

/** Counts page by page where the store stops counting early. */
function countRows(table: string, where: Cells, { workbench, aliases }: Observed): number {
  const filters = toFilters(where, aliases)
  const page = workbench.engine.findRecords({ table, filters, offset: 0, limit: 1 })
  if (page.exact) return page.total
  const limit = 1_000
  for (let offset = 0; ; offset += limit) {
    const { rows } = workbench.engine.findRecords({ table, filters, offset, limit })
    if (rows.length < limit) return offset + rows.length
  }
}

const toFilters = (where: Cells, aliases: Aliases): RecordFilter[] =>
  Object.entries(where).map(([column, cell]) => {
    if (cell === null) return { column, operator: 'isNull' }
    return { column, operator: 'equals', value: isRecordKey(cell) ? aliases.refOf(cell) : cell }
  })
