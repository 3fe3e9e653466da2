import { isDown } from '../../cascade/edges.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { MessageName } from '../../contract/messages.ts'
import type { RecordInput } from '../../contract/records.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CompiledRelationship, CompiledTable, Edge } from '../../model/compiled-model.ts'
import { mergedState } from '../../model/table-defaults.ts'
import type { RecordEvent } from '../../pipeline/record-event.ts'
import type { PlannedChild, Selection } from '../../store/changes.ts'
import { findAstray, moveChildren, repoint, rowsOf, runOf } from '../../store/changes.ts'
import { toEntityInput } from '../../store/entity-rows.ts'
import { identify } from '../../store/identities.ts'
import { moveLinks } from '../../store/links.ts'
import { readStored, updateStored } from '../../store/records.ts'
import { rowExists } from '../../store/rows.ts'
import { anythingShared, rowsPointingTo } from '../../store/shares.ts'
import type { StoredRow } from '../../store/values.ts'
import { childEvent } from '../cascade-events.ts'
import type { CascadeScope, OperationContext, RowSet, Work } from '../context.ts'
import { edgeOf } from '../context.ts'
import { inheritFrom } from '../inherit-access.ts'
import { loseFrom } from '../reparent.ts'
import { recordGone, updateMessages, writeColumns } from '../update.ts'
import type { ResolvedMerge } from './merge.ts'

/** Writes the chosen values to the target, the first action of a merge. */
export function updateTarget(context: OperationContext<ResolvedMerge>, scope: CascadeScope): void {
  const { connection, model, settings, pipeline, request } = context
  if (Object.keys(request.content).length === 0) return
  const { table, target, content } = request
  const messages = settings.mergeRaisesUpdateOnTarget ? updateMessages(settings, content) : []
  if (!pipeline.listens(messages, table)) {
    writeColumns(context, context.call, table, target, content)
    return
  }
  const event = childEvent(context, scope.below, table, target, messages, toEntityInput(connection, model, table, content))
  pipeline.run(event, { main: () => writeColumns(context, event.call, table, target, event.columns ?? {}) })
}

/** Points every lookup of these rows that leads to the subordinate to the target and returns how many rows moved. The owner stays. */
export function moveSet(context: OperationContext<ResolvedMerge>, { table, rows }: RowSet): number {
  const { connection, model, request, change } = context
  let moved = 0
  for (const edge of model.edgesFrom(request.table, 'Merge')) {
    if (edge.child !== table || !isDown(edge.behavior)) continue
    const count = moveChildren(connection, edge, rows, request.root, request.target, change)
    if (count > 0) inheritFromTarget(context, edge, rows)
    moved += count
  }
  return moved
}

/** Recomputes what rows inherit that have come from the subordinate to the target. Source: dataverse reference, section 3.3. */
function inheritFromTarget(context: OperationContext<ResolvedMerge>, { relationship }: Edge, rows: Selection): void {
  const { connection, model, request } = context
  const edge = model.edgesFrom(request.table, 'Reparent').find((candidate) => candidate.relationship === relationship)
  if (!edge?.child.hasOwner || !edge.parent.hasOwner) return
  const isShared = anythingShared(connection)
  const there = rowsPointingTo(connection, edge, rows, request.target, isShared ? null : request.target)
  if (there.length === 0) return
  loseFrom(context, edge.child, rowsOf(there), request.table, request.root)
  inheritFrom(context, edge, rowsOf(there), request.target)
}

/** Moves one row, as an Update with its lookups. Returns whether it still pointed to the subordinate. */
export function moveRecord(context: OperationContext<ResolvedMerge>, scope: CascadeScope, table: CompiledTable, row: RowNumber): boolean {
  checkEnds(context)
  const { connection, model, pipeline, settings, kind, request } = context
  const messages = kind.raisedMessages(settings, 'move')
  const set = { table, rows: runOf(row, row) }
  if (!pipeline.listens(messages, table)) return moveSet(context, set) > 0
  const stored = readStored(connection, table, row) ?? {}
  const moved = model
    .edgesFrom(request.table, 'Merge')
    .filter(({ child, behavior, attribute }) => child === table && isDown(behavior) && stored[attribute] === request.root)
  if (moved.length === 0) return false
  const target = identify(connection, [request.table], request.target)
  const columns = toEntityInput(connection, model, table, Object.fromEntries(moved.map(({ attribute }) => [attribute, target])))
  const event = childEvent(context, scope.below, table, row, messages, columns)
  pipeline.run(event, { main: () => writeMoved(context, event, columns, () => moveSet(context, set)) })
  return true
}

/** Writes a moved row. Columns that a Pre stage has changed take precedence over those of the merge. */
function writeMoved(work: Work, { columns, table, row, call }: RecordEvent, planned: RecordInput, move: () => unknown): void {
  const isPlanned = (name: string) => JSON.stringify(columns?.[name]) === JSON.stringify(planned[name])
  if (Object.keys(planned).every(isPlanned)) move()
  const others = Object.fromEntries(Object.entries(columns ?? {}).filter(([name]) => !(name in planned && isPlanned(name))))
  if (table && row !== null && Object.keys(others).length > 0) writeColumns(work, call, table, row, others)
}

/** Moves one row below the moved ones that has lost its parent, see adoptOrphans. */
export function adoptRecord(
  context: OperationContext<ResolvedMerge>,
  scope: CascadeScope,
  relationship: CompiledRelationship,
  child: PlannedChild,
): boolean {
  const { connection, model, pipeline, settings, kind, request } = context
  if (request.parentingCheck) return true
  const edge = edgeOf(model, relationship)
  const [astray] = findAstray(connection, edge, [child])
  if (!astray || astray.parentExists || (astray.current !== null && astray.current !== child.parent)) return true
  const target = identify(connection, [request.table], request.target)
  const columns = toEntityInput(connection, model, edge.child, { [edge.attribute]: target })
  const event = childEvent(context, scope.below, edge.child, child.row, kind.raisedMessages(settings, 'check'), columns)
  pipeline.run(event, { main: () => writeMoved(context, event, columns, () => adoptOrphans(context, relationship, [child])) })
  return true
}

/**
 * With the parenting check off, moves rows whose planned parent was deleted, and whose lookup is therefore empty, to the target, if
 * their lookup accepts its table. Source: dataverse reference, section 3.5.
 */
export function adoptOrphans(
  context: OperationContext<ResolvedMerge>,
  relationship: CompiledRelationship,
  children: PlannedChild[],
): number {
  const { connection, model, request, change } = context
  const { child, attribute } = edgeOf(model, relationship)
  const astray = findAstray(connection, edgeOf(model, relationship), children)
  const orphans = astray.filter(({ current, parent, parentExists }) => !parentExists && (current === null || current === parent))
  const edge = model.edgesFrom(request.table, 'Merge').find((candidate) => candidate.child === child && candidate.attribute === attribute)
  if (orphans.length === 0 || !edge) return 0
  const rows = rowsOf(orphans.map(({ row }) => row))
  const moved = repoint(
    connection,
    edge,
    orphans.map(({ row }) => row),
    request.target,
    change,
  )
  inheritFromTarget(context, edge, rows)
  return moved
}

/** Checks that target and subordinate still exist, since a step may have deleted them. @throws RECORD_NOT_FOUND */
function checkEnds(context: OperationContext<ResolvedMerge>): void {
  const { connection, request } = context
  for (const row of [request.target, request.root])
    if (!rowExists(connection, request.table, row)) throw recordGone(context, request.table, row)
}

/** Returns the messages that the end of a merge raises on its subordinate. */
export const retiredMessages = (settings: Settings): MessageName[] =>
  !settings.mergeRaisesUpdateOnSubordinate ? [] : settings.stateChangeRaisesSetState ? ['Update', 'SetState'] : ['Update']

/** Retires the subordinate, the last thing a merge does: inactive, marked as merged, pointing to its master. */
export function retireSubordinate(context: OperationContext<ResolvedMerge>, scope: CascadeScope): void {
  checkEnds(context)
  const { connection, request, pipeline, settings } = context
  const { table, root, target } = request
  for (const { relation, side } of context.model.linkSides(table)) moveLinks(connection, relation, side, root, target)
  const messages = retiredMessages(settings)
  const state = mergedState(table.definition)
  if (!pipeline.listens(messages, table)) {
    retire(context, state)
    return
  }
  const event = childEvent(context, scope.below, table, root, messages, { ...state })
  pipeline.run(event, {
    main() {
      retire(context, state)
      const { statecode: _state, statuscode: _reason, ...rest } = event.columns ?? {}
      if (Object.keys(rest).length > 0) writeColumns(context, event.call, table, root, rest)
    },
  })
}

function retire({ connection, request, change }: OperationContext<ResolvedMerge>, state: StoredRow): void {
  updateStored(connection, request.table, request.root, {
    ...state,
    merged: 1,
    masterid: request.target,
    modifiedon: change.nowMs,
    modifiedby: change.caller,
  })
}
