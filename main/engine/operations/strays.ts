import { reason as reasons } from '#text/english/reasons'
import { deleteBlocked, findBlockers } from '../cascade/blockers.ts'
import { removeLinkEdges, restrictEdges, travelledEdges } from '../cascade/edges.ts'
import type { Plan } from '../cascade/plan.ts'
import { withPlan } from '../cascade/plan.ts'
import type { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { CompiledRelationship, CompiledTable, Edge } from '../model/compiled-model.ts'
import { tooDeep } from '../pipeline/failures.ts'
import { findChildren, findTaken, keepDanglingTargets, runOf } from '../store/changes.ts'
import { describeRow, rowExists } from '../store/rows.ts'
import { callUnder, childEvent, raisedMessages } from './cascade-events.ts'
import type { CascadeScope, OperationContext, RowSet } from './context.ts'
import { deleteSet, unlinkRecord } from './delete.ts'
import { recordGone } from './update.ts'

/**
 * Children that came to hang on a record after its job was planned. They go with it, each through its own delete, as they
 * would have if the record had been deleted by itself; rows that the job will delete anyway are left to it.
 */

interface Stray {
  table: CompiledTable
  row: RowNumber
  parent: RowNumber
}

/** Which rows the cascade deletes anyway. */
type Planned = CascadeScope['planned']

/** A stray whose own delete is blocked stops the record that it hangs on. */
export function findBlockedStray(
  operation: OperationContext,
  set: RowSet,
  planned: Planned,
): { parent: RowNumber; error: EngineError } | undefined {
  const { connection, model, settings } = operation
  for (const { table, row, parent } of findHanging(operation, set, planned).flatMap(({ strays }) => strays)) {
    const blockers = withDeletePlan(operation, table, row, (plan) => findBlockers(connection, model, settings, plan))
    if (blockers.count > 0) return { parent, error: deleteBlocked(blockers) }
  }
  return undefined
}

/**
 * Deletes what hangs on these rows and nobody planned, with its steps, which may put more there.
 * @throws PIPELINE_TOO_DEEP where that does not come to an end
 */
export function deleteStrays(operation: OperationContext, set: RowSet, scope: CascadeScope): void {
  const { connection, model, settings, call } = operation
  const { strayDepth = 0 } = scope
  for (let round = 0; ; round++) {
    const hanging = findHanging(operation, set, scope.planned)
    const strays = hanging.flatMap((each) => each.strays)
    if (strays.length === 0) {
      const passedOver = settings.restrictIgnoresRowsBeingDeleted ? restrictEdges(model, set.table) : []
      keepForPlanned(operation, set, [...hanging.filter(({ hasPlanned }) => hasPlanned).map(({ edge }) => edge), ...passedOver])
      return
    }
    if (round > settings.maxDepth || strayDepth > settings.maxDepth) throw tooDeep(call.chain, settings.maxDepth)
    const below = { ...scope, strayDepth: strayDepth + 1 }
    for (const { table, row } of strays)
      if (rowExists(connection, table, row)) withDeletePlan(operation, table, row, (plan) => deletePlan(operation, plan, below))
  }
}

function deletePlan(operation: OperationContext, plan: Plan, scope: CascadeScope): void {
  const { model, pipeline, settings, request } = operation
  const writesBefore = pipeline.writes
  plan.table.exclude(scope.planned(plan.table.allRows()))
  for (const group of plan.groups.toReversed()) {
    if (group.action !== 'delete') continue
    if (pipeline.listens(raisedMessages(settings, request, 'delete'), group.table)) {
      for (const { row } of plan.table.rows(group, group.last - group.first + 1))
        if (rowExists(operation.connection, group.table, row)) deleteRecord(operation, scope, group.table, row, group.relationship)
      continue
    }
    const nested = { table: group.table, rows: plan.table.selection(group) }
    if (pipeline.writes !== writesBefore) prepareDelete(operation, scope, nested)
    keepForPlanned(operation, nested, travelledEdges(model, group.table, 'Delete'))
    deleteSet(operation, nested)
  }
}

/** Deletes one record with its steps; a child was reached through a relationship. */
export function deleteRecord(
  operation: OperationContext,
  scope: CascadeScope,
  table: CompiledTable,
  row: RowNumber,
  place: 'root' | CompiledRelationship | null,
): void {
  const { pipeline } = operation
  const steps = pipeline.steps('Delete', table)
  const isAskedLater = steps.PostOperation.length + steps.async.length > 0
  const event =
    place === 'root'
      ? scope.root
      : childEvent(operation, callUnder(operation, scope, place, table, row, isAskedLater), table, row, ['Delete'], null)
  const set = { table, rows: runOf(row, row) }
  let writesBefore = 0
  pipeline.run(event, {
    prepare() {
      prepareDelete(operation, scope, set)
      writesBefore = pipeline.writes
    },
    main() {
      // A PreOperation step may have put something below it since.
      if (pipeline.writes !== writesBefore) prepareDelete(operation, scope, set)
      if (deleteSet(operation, set) === 0) throw recordGone(operation, table, row)
    },
  })
}

/**
 * What the platform does to records between PreValidation and PreOperation of their delete: whatever hangs on them is dealt with.
 * @throws CASCADE_REFUSED where a step has put a Restrict child under one. Source: dataverse reference, section 5.5.
 */
export function prepareDelete(operation: OperationContext, scope: CascadeScope, set: RowSet): void {
  const { connection, model } = operation
  for (const edge of restrictEdges(model, set.table)) checkRestricting(operation, scope, edge, set)
  const blocked = findBlockedStray(operation, set, scope.planned)
  if (blocked) throw blocked.error
  deleteStrays(operation, set, scope)
  for (const edge of removeLinkEdges(model, set.table))
    for (const child of findChildren(connection, edge, set.rows)) unlinkRecord(operation, scope, edge, child.row, child.parent)
}

function checkRestricting({ connection, settings }: OperationContext, scope: CascadeScope, edge: Edge, set: RowSet): void {
  const children = findChildren(connection, edge, set.rows).filter(({ row, parent }) => row !== parent)
  if (children.length === 0) return
  const planned = settings.restrictIgnoresRowsBeingDeleted ? scope.planned(children.map(({ row }) => row)) : new Set()
  const blocking = children.filter(({ row }) => !planned.has(row))
  if (!blocking[0]) return
  const relationship = edge.relationship.definition.schemaName
  const record = describeRow(connection, edge.child, blocking[0].row)
  const parent = describeRow(connection, edge.parent, blocking[0].parent)
  const reason = reasons.restricted({ relationship })
  throw deleteBlocked({ listed: [{ record, parent, relationship, code: '0x80040227', reason }], count: blocking.length })
}

/** In a loop, or where a row hangs on several others, rows of a later batch point to these: until then their links keep the GUID. */
function keepForPlanned({ connection }: OperationContext, { rows }: RowSet, edges: Edge[]): void {
  for (const edge of edges) keepDanglingTargets(connection, edge, rows)
}

interface Hanging {
  edge: Edge
  strays: Stray[]
  /** Rows that the cascade will delete anyway hang on these as well. */
  hasPlanned: boolean
}

function findHanging({ connection, model }: OperationContext, { table, rows }: RowSet, planned: Planned): Hanging[] {
  return travelledEdges(model, table, 'Delete').map((edge) => {
    const children = findTaken(connection, edge, rows)
    const among = children.length === 0 ? new Set() : planned(children.map(({ row }) => row))
    const strays = children.filter(({ row }) => !among.has(row)).map(({ row, parent }) => ({ table: edge.child, row, parent }))
    return { edge, strays, hasPlanned: among.size > 0 }
  })
}

function withDeletePlan<T>({ connection, model }: OperationContext, table: CompiledTable, root: RowNumber, use: (plan: Plan) => T): T {
  return withPlan(connection, model, { operation: 'Delete', table, root }, use)
}
