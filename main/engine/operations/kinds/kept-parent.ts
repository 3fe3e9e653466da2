import type { RowNumber } from '../../contract/loader.ts'
import type { CompiledModel, CompiledTable } from '../../model/compiled-model.ts'
import type { Connection } from '../../store/connection.ts'
import { readStored } from '../../store/records.ts'
import type { StoredRow } from '../../store/values.ts'
import type { CascadeScope, OperationContext } from '../context.ts'
import type { ResolvedMerge } from './merge.ts'

/**
 * Returns whether a row to which a lookup of `child` leads is a parent that a merge leaves in place: the target, a row of the merged
 * tree, or a row below the target. Source: dataverse reference, section 3.5; what counts as the tree is our reading.
 */
export function isKeptParent(
  { connection, model, request }: OperationContext<ResolvedMerge>,
  scope: CascadeScope,
  child: CompiledTable,
  attribute: string,
  parent: RowNumber,
): boolean {
  if (parent === request.root) return false
  if (parent === request.target || scope.planned([parent]).has(parent)) return true
  return isBelow(connection, model, tablesOf(model, child, attribute), parent, request.target)
}

/** Returns whether `ancestor` is reached from a row of one of these tables by following parental lookups upwards. */
function isBelow(connection: Connection, model: CompiledModel, tables: CompiledTable[], row: RowNumber, ancestor: RowNumber): boolean {
  const seen = new Set<RowNumber>()
  for (let level: Place[] = [{ tables, row }]; level.length > 0; ) {
    if (level.some((place) => place.row === ancestor)) return true
    level = level.flatMap((place) => parentsOf(connection, model, place)).filter((place) => !seen.has(place.row))
    for (const place of level) seen.add(place.row)
  }
  return false
}

/** A row in one of some tables. */
interface Place {
  tables: CompiledTable[]
  row: RowNumber
}

function parentsOf(connection: Connection, model: CompiledModel, { tables, row }: Place): Place[] {
  for (const table of tables) {
    const stored = readStored(connection, table, row)
    if (stored) return parentalLookups(model, table).flatMap((attribute) => placeOf(model, table, attribute, stored))
  }
  return []
}

function placeOf(model: CompiledModel, table: CompiledTable, attribute: string, stored: StoredRow): Place[] {
  const row = stored[attribute]
  return typeof row === 'number' ? [{ tables: tablesOf(model, table, attribute), row }] : []
}

const parentalLookups = (model: CompiledModel, table: CompiledTable): string[] => [
  ...new Set(model.parentalRelationships(table).map(({ definition }) => definition.attribute)),
]

const tablesOf = (model: CompiledModel, table: CompiledTable, attribute: string): CompiledTable[] =>
  (table.targets.get(attribute) ?? []).flatMap((name) => model.findTable(name) ?? [])
