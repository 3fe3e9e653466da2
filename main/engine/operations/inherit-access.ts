import { isDown } from '../cascade/edges.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { CompiledTable, Edge } from '../model/compiled-model.ts'
import { ALL_RIGHTS } from '../security/rights.ts'
import type { Selection } from '../store/changes.ts'
import { findTaken, rowsOf } from '../store/changes.ts'
import { readStored } from '../store/records.ts'
import type { Grant } from '../store/shares.ts'
import { addInherited, anythingShared, childrenWithInherited, removeUnjustified, rowsToInherit, sharesOf } from '../store/shares.ts'
import type { Work } from './context.ts'
import { inheritedFrom, inheritingEdges } from './inheriting-edges.ts'

/** How access is inherited from parents, and lost. Source: dataverse reference, section 1.9. */

type Writing = Pick<Work, 'connection' | 'model' | 'nowMs'>

const ownerOf = ({ connection }: Pick<Work, 'connection'>, table: CompiledTable, row: RowNumber): RowNumber | null =>
  table.hasOwner ? ((readStored(connection, table, row)?.ownerid as RowNumber | null | undefined) ?? null) : null

/** Returns what a row gives to those below it: all rights to its owner, and what it is shared with to everybody else. */
export function grantsOf(work: Pick<Work, 'connection'>, parent: CompiledTable, row: RowNumber): Grant[] {
  const owner = ownerOf(work, parent, row)
  const shares = sharesOf(work.connection, row).map(({ principal, direct, inherited }) => ({ principal, mask: direct | inherited }))
  return [...(owner === null ? [] : [{ principal: owner, mask: ALL_RIGHTS }]), ...shares]
}

/** Gives rows that have come below a parent what the parent gives, and all below them along Reparent. */
export function inheritFrom(work: Writing, edge: Edge, rows: Selection, parent: RowNumber): void {
  if (!isDown(edge.behavior) || !edge.child.hasOwner || !edge.parent.hasOwner) return
  const owner = ownerOf(work, edge.parent, parent)
  for (const grant of grantsOf(work, edge.parent, parent))
    addBelow(work, edge.child, rowsToInherit(work.connection, edge, rows, grant, owner), grant, new Set())
}

/**
 * Adds inherited rights to rows and to what hangs below them along Reparent. Goes no further below rows that are the principal's own:
 * those give the rights already.
 */
function addBelow(work: Writing, table: CompiledTable, rows: RowNumber[], grant: Grant, visited: Set<RowNumber>): void {
  if (rows.length === 0) return
  addInherited(work.connection, table, rowsOf(rows), grant, work.nowMs)
  for (const row of rows) visited.add(row)
  for (const edge of work.model.edgesFrom(table, 'Reparent')) {
    if (!isDown(edge.behavior) || !edge.child.hasOwner) continue
    const taken = findTaken(work.connection, edge, rowsOf(rows))
      .map(({ row }) => row)
      .filter((row) => !visited.has(row))
    addBelow(work, edge.child, rowsToInherit(work.connection, { ...edge, behavior: 'Cascade' }, rowsOf(taken), grant, null), grant, visited)
  }
}

/** Takes away what rows inherit from nobody any more, and what those below them inherit from them. With `principal`, only of that one. */
export function loseInherited(work: Writing, table: CompiledTable, rows: Selection, principal: RowNumber | null = null): void {
  const { connection, model, nowMs } = work
  if (!table.hasOwner || !anythingShared(connection)) return
  const changed = removeUnjustified(connection, table, inheritingEdges(model, table), rows, nowMs, principal)
  if (changed.length > 0) loseBelow(work, table, rowsOf(changed), principal)
}

/** Takes away what the rows below these inherit from nobody any more. */
export function loseBelow(work: Writing, table: CompiledTable, rows: Selection, principal: RowNumber | null = null): void {
  const { connection, model } = work
  if (!table.hasOwner || !anythingShared(connection)) return
  for (const edge of inheritedFrom(model, table)) {
    const below = childrenWithInherited(connection, edge, rows)
    if (below.length > 0) loseInherited(work, edge.child, rowsOf(below), principal)
  }
}
