import { isDown } from '../cascade/edges.ts'
import { recordUpdate } from '../cascade/record-update.ts'
import type { ResolvedRequest } from '../cascade/request.ts'
import type { CompiledRelationship } from '../model/compiled-model.ts'
import { mergedState } from '../model/table-defaults.ts'
import type { PlannedChild } from '../store/changes.ts'
import { findAstray, moveChildren, moveLinks, repoint } from '../store/changes.ts'
import { updateStored } from '../store/records.ts'
import type { OperationContext, RowSet } from './context.ts'
import { edgeOf } from './context.ts'

export type Merge = Extract<ResolvedRequest, { operation: 'Merge' }>

/** Writes the chosen values to the target: the first thing a merge does. */
export function updateTarget({ connection, model, request, change }: OperationContext<Merge>): void {
  if (Object.keys(request.content).length === 0) return
  const stored = recordUpdate(connection, model, request.table, request.target, request.content)
  updateStored(connection, request.table, request.target, { ...stored, modifiedon: change.nowMs, modifiedby: change.caller })
}

/** Points every lookup of these rows that leads to the subordinate to the target. The owner stays. */
export function moveSet({ connection, model, request, change }: OperationContext<Merge>, { table, rows }: RowSet): number {
  let moved = 0
  for (const edge of model.edgesFrom(request.table, 'Merge'))
    if (edge.child === table && isDown(edge.behavior)) moved += moveChildren(connection, edge, rows, request.root, request.target, change)
  return moved
}

/**
 * With the parenting check off: rows whose planned parent is gone, and whose lookup is therefore empty, go straight to the
 * target where their lookup takes its table. Source: dataverse reference, section 3.5.
 */
export function adoptOrphans(
  { connection, model, request, change }: OperationContext<Merge>,
  relationship: CompiledRelationship,
  children: PlannedChild[],
): number {
  const { child, attribute } = edgeOf(model, relationship)
  const astray = findAstray(connection, edgeOf(model, relationship), children)
  const orphans = astray.filter(({ current, parent, parentExists }) => !parentExists && (current === null || current === parent))
  const edge = model.edgesFrom(request.table, 'Merge').find((candidate) => candidate.child === child && candidate.attribute === attribute)
  if (orphans.length === 0 || !edge) return 0
  return repoint(
    connection,
    edge,
    orphans.map(({ row }) => row),
    request.target,
    change,
  )
}

/** The subordinate's end: inactive, marked as merged, pointing to its master. The last thing a merge does. */
export function retireSubordinate(context: OperationContext<Merge>): void {
  const { connection, request, change } = context
  for (const { intersectTable, side } of context.model.linkSides(request.table))
    moveLinks(connection, intersectTable, side, request.root, request.target)
  updateStored(connection, request.table, request.root, {
    ...mergedState(request.table.definition.activeState),
    merged: 1,
    masterid: request.target,
    modifiedon: change.nowMs,
    modifiedby: change.caller,
  })
}
