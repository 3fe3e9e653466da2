import type { RowNumber } from '../contract/loader.ts'
import type { LookupValue } from '../contract/records.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import { readStored } from '../store/records.ts'
import { describeRow } from '../store/rows.ts'
import { sharesOf } from '../store/shares.ts'
import { inheritingEdges } from './inheriting-edges.ts'

/** Finds the parents from which somebody's inherited access to a record comes: as their owner, or because they were shared. */
export function findInheritedFrom(
  { connection, model }: { connection: Connection; model: CompiledModel },
  table: CompiledTable,
  row: RowNumber,
  principal: RowNumber,
): { record: LookupValue; relationship: string }[] {
  const stored = readStored(connection, table, row) ?? {}
  return inheritingEdges(model, table).flatMap(({ parent, attribute, relationship }) => {
    const above = stored[attribute]
    if (typeof above !== 'number') return []
    const of = readStored(connection, parent, above)
    if (!of) return []
    const gives = of.ownerid === principal || sharesOf(connection, above).some((share) => share.principal === principal)
    return gives ? [{ record: describeRow(connection, parent, above), relationship: relationship.definition.schemaName }] : []
  })
}
