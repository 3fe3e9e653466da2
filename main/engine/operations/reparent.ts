import type { RowNumber } from '../contract/loader.ts'
import type { CompiledTable, Edge } from '../model/compiled-model.ts'
import type { Selection } from '../store/changes.ts'
import { runOf } from '../store/changes.ts'
import { targetColumn } from '../store/columns.ts'
import { anythingShared } from '../store/shares.ts'
import type { StoredRow } from '../store/values.ts'
import type { Work } from './context.ts'
import { grantsOf, inheritFrom, loseInherited } from './inherit-access.ts'
import { inheritingEdges } from './inheriting-edges.ts'

type Writing = Pick<Work, 'connection' | 'model' | 'nowMs'>

/** A parent of a row, and the relationship that leads to it. */
interface Parent {
  edge: Edge
  row: RowNumber
}

/** Returns the parents that these stored columns point to along relationships by which access is inherited. */
function parentsIn({ model }: Pick<Work, 'model'>, table: CompiledTable, stored: StoredRow): Parent[] {
  return inheritingEdges(model, table).flatMap((edge) => {
    const row = stored[edge.attribute]
    const target = stored[targetColumn(edge.attribute)]
    if (typeof row !== 'number' || (typeof target === 'number' && target !== edge.parent.number)) return []
    return [{ edge, row }]
  })
}

/** Gives a new row the access that it inherits from its parents. Source: dataverse reference, section 1.9. */
export function inheritAtBirth(work: Writing, table: CompiledTable, row: RowNumber, stored: StoredRow): void {
  for (const parent of parentsIn(work, table, stored)) inheritFrom(work, parent.edge, runOf(row, row), parent.row)
}

/**
 * Gives a row whose lookups have changed the access that it inherits from its new parents, and takes away what came from the old ones; with
 * it all that hangs below. Source: dataverse reference, sections 1.7 and 1.9.
 */
export function reparent(work: Writing, table: CompiledTable, row: RowNumber, before: StoredRow, written: StoredRow): void {
  const after = { ...before, ...written }
  const isSame = (one: Parent) => (other: Parent) => one.edge === other.edge && one.row === other.row
  const [old, now] = [parentsIn(work, table, before), parentsIn(work, table, after)]
  const left = old.filter((parent) => !now.some(isSame(parent)))
  const joined = now.filter((parent) => !old.some(isSame(parent)))
  for (const parent of left) loseFrom(work, table, runOf(row, row), parent.edge.parent, parent.row)
  for (const parent of joined) inheritFrom(work, parent.edge, runOf(row, row), parent.row)
}

/** Takes away from rows what only a parent gave them that they have left. The parent must still be there with its shares. */
export function loseFrom(work: Writing, table: CompiledTable, rows: Selection, parentTable: CompiledTable, parent: RowNumber): void {
  if (!anythingShared(work.connection)) return
  for (const { principal } of grantsOf(work, parentTable, parent)) loseInherited(work, table, rows, principal)
}

/** Returns whether an update of these columns can change from whom a row inherits access. */
export const mayReparent = ({ model }: Pick<Work, 'model'>, table: CompiledTable, stored: StoredRow): boolean =>
  Object.keys(stored).some((name) => table.targets.has(name)) && inheritingEdges(model, table).some(({ attribute }) => attribute in stored)
