import { isPersonal, toFilters } from '../cells.ts'
import { writtenValues } from '../format/records.ts'
import { invalid } from '../scenario-error.ts'
import { fields, located, text } from '../shape.ts'
import { readCells } from '../values.ts'
import type { RequestMaker } from './cascade-requests.ts'
import { defineOperation } from './operation.ts'
import { runCascade } from './run-cascade.ts'

/** Deletes each matching record of a table, as a job. */
export const bulkDelete = defineOperation({
  key: 'bulkDelete',
  shape: fields('bulkDelete', { table: located(text('a table')), where: writtenValues }, {}),
  check({ table, where }, names): RequestMaker {
    const compiled = names.table(table)
    if (isPersonal(table.value)) throw invalid(`Rows of ${table.value} cannot be deleted in bulk; use "setUser" or "setTeam".`, table.at)
    const cells = readCells(where, compiled, names)
    return (aliases) => ({ operation: 'BulkDelete', table: compiled.definition.logicalName, where: toFilters(cells, aliases) })
  },
  run: runCascade,
})
