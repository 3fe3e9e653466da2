import { EngineError } from '#engine/contract/errors'
import type { RecordFilter } from '#engine/contract/records'
import type { WorkbenchUser } from '../../workbench/index.ts'
import { type Aliases, type Cells, toFilters } from '../cells.ts'
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
  evaluate: (counts, { observer, aliases }) =>
    Promise.all(
      counts.map(async ({ table, where, equals }, index) =>
        equal(`count[${index}].${table}`, equals, await countRows(observer, table, where, aliases)),
      ),
    ),
})

async function countRows(observer: WorkbenchUser, table: string, where: Cells, aliases: Aliases): Promise<number> {
  const filters = toFilters(where, aliases)
  try {
    const { total, exact } = await observer.findRecords({ table, filters, offset: 0, limit: 1 })
    return exact ? total : await countFurther(observer, table, filters, total)
  } catch (error) {
    // The store cannot search for links to a deleted record, but rows may still hold such links.
    if (error instanceof EngineError && error.code === 'RECORD_NOT_FOUND') return countByValues(observer, table, where, aliases)
    throw error
  }
}

/** Counts beyond the store's limit by bisection: asks whether there is a row at an offset. */
async function countFurther(observer: WorkbenchUser, table: string, filters: RecordFilter[], least: number): Promise<number> {
  const hasRowAt = async (offset: number) => (await observer.findRecords({ table, filters, offset, limit: 1 })).rows.length > 0
  let low = least
  let high = await observer.countRecords(table)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (await hasRowAt(middle)) low = middle + 1
    else high = middle
  }
  return low
}

async function countByValues(observer: WorkbenchUser, table: string, where: Cells, aliases: Aliases): Promise<number> {
  const limit = 1_000
  const wanted = Object.entries(where)
  let found = 0
  for (let offset = 0; ; offset += limit) {
    const { rows } = await observer.findRecords({ table, offset, limit })
    found += rows.filter(({ values }) => wanted.every(([column, cell]) => sameValue(cell, values[column] ?? null, aliases))).length
    if (rows.length < limit) return found
  }
}
