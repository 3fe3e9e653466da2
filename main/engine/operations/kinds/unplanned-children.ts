import { operationText } from '#text/english/operations'
import type { Plan } from '../../cascade/plan.ts'
import { withPlan } from '../../cascade/plan.ts'
import { EngineError, recordPhrase } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import { stepLabel } from '../../contract/plugins.ts'
import type { CompiledRelationship, CompiledTable, Edge } from '../../model/compiled-model.ts'
import { tooDeep } from '../../pipeline/failures.ts'
import { findChildren, findTaken, keepDanglingTargets, runOf } from '../../store/changes.ts'
import { describeRow, rowExists } from '../../store/rows.ts'
import { callUnder, childEvent } from '../cascade-events.ts'
import type { CascadeScope, OperationContext, RowSet } from '../context.ts'
import type { SetFailure } from '../set-failure.ts'
import { recordGone } from '../update.ts'
import { blockersAlong, deleteBlocked, findBlockers } from './blockers.ts'
import { deletedEdges, passesPlanned, removeLinkEdges, restrictEdges } from './delete-edges.ts'
import { deleteSet, unlinkRecord } from './delete-rows.ts'
import type { PositionedSet, RangeStart } from './operation-kind.ts'

/**
 * A child that came to hang on a record after its cascade was planned. It goes with the record, by a delete of its own, as it
 * would have if the record had been deleted by itself. Rows that the cascade deletes anyway are left to it.
 */
interface UnplannedChild {
  table: CompiledTable
  row: RowNumber
  parent: RowNumber
}

/**
 * Finds the first record of a job's set on which a child hangs that came after the job was planned, where the setting says that it stops the
 * job.
 */
export function checkLateChildren(context: OperationContext, scope: CascadeScope, set: PositionedSet): SetFailure | undefined {
  const { connection, settings } = context
  if (!settings.lateChildStopsDelete) return undefined
  const found = findUnplanned(context, scope, set)
  const late = found.flatMap(({ edge, unplanned }) => unplanned.map((child) => ({ ...child, edge })))
  const item = set.firstPosition(late.map(({ parent }) => parent))
  const first = late.find(({ parent }) => set.firstPosition([parent]) === item)
  if (item === undefined || !first) return undefined
  const parent = describeRow(connection, set.table, first.parent)
  const named = {
    child: recordPhrase(describeRow(connection, first.table, first.row)),
    parent: recordPhrase(parent),
    relationship: first.edge.relationship.definition.schemaName,
  }
  return {
    item,
    error: new EngineError('CASCADE_REFUSED', operationText.lateChild(named), {
      platform: 'AsyncDeleteFoundNewChild',
      hint: operationText.lateChildHint,
      record: parent,
    }),
  }
}

/** Finds the first record of a job's set on which an unplanned child hangs whose own delete is blocked. */
export function checkUnplannedChildren(
  context: OperationContext,
  scope: CascadeScope,
  set: PositionedSet,
  { first }: RangeStart,
): SetFailure | undefined {
  const blocked = findBlockedChild(context, scope, set)
  return blocked && { item: set.firstPosition([blocked.parent]) ?? first, error: blocked.error }
}

/** Finds the first unplanned child whose own delete is blocked: it stops the record that it hangs on. */
function findBlockedChild(
  context: OperationContext,
  scope: CascadeScope,
  set: RowSet,
): { parent: RowNumber; error: EngineError } | undefined {
  for (const { table, row, parent } of findUnplanned(context, scope, set).flatMap(({ unplanned }) => unplanned)) {
    const blockers = withDeletePlan(context, table, row, (plan) => findBlockers(context, plan))
    if (blockers.count > 0) return { parent, error: deleteBlocked(blockers) }
  }
  return undefined
}

/**
 * Deletes the unplanned children of these rows with their steps, which may make more of them.
 * @throws PIPELINE_TOO_DEEP where that does not come to an end
 */
export function deleteUnplannedChildren(context: OperationContext, scope: CascadeScope, set: RowSet): void {
  const { connection, model, settings, call } = context
  const { unplannedDepth = 0 } = scope
  for (let round = 0; ; round++) {
    const found = findUnplanned(context, scope, set)
    const unplanned = found.flatMap((each) => each.unplanned)
    if (unplanned.length === 0) {
      const passedOver = restrictEdges(model, set.table).filter((edge) => passesPlanned(settings, edge))
      keepForPlanned(context, set, [...found.filter(({ hasPlanned }) => hasPlanned).map(({ edge }) => edge), ...passedOver])
      return
    }
    if (round > settings.maxDepth || unplannedDepth > settings.maxDepth)
      throw tooDeep([...call.chain, ...makersOf(context, unplanned)], settings.maxDepth)
    const below = { ...scope, unplannedDepth: unplannedDepth + 1 }
    for (const { table, row } of unplanned)
      if (rowExists(connection, table, row)) withDeletePlan(context, table, row, (plan) => deletePlan(context, plan, below))
  }
}

/** Names the steps that can have made these children: those on the delete of children like them. */
function makersOf({ pipeline }: OperationContext, children: UnplannedChild[]): string[] {
  const steps = [...new Set(children.map(({ table }) => table))].map((table) => pipeline.steps('Delete', table))
  const running = steps.flatMap(({ PreValidation, PreOperation, PostOperation }) => [...PreValidation, ...PreOperation, ...PostOperation])
  return [...new Set(running.map(stepLabel))]
}

function deletePlan(context: OperationContext, plan: Plan, scope: CascadeScope): void {
  const { model, pipeline, settings, kind } = context
  const writesBefore = pipeline.writes
  plan.table.exclude(scope.planned(plan.table.allRows()))
  for (const group of plan.groups.toReversed()) {
    if (group.action !== 'delete') continue
    if (pipeline.listens(kind.raisedMessages(settings, 'delete'), group.table)) {
      for (const { row } of plan.table.rows(group, group.last - group.first + 1))
        if (rowExists(context.connection, group.table, row)) deleteRecord(context, scope, group.table, row, group.relationship)
      continue
    }
    const nested = { table: group.table, rows: plan.table.selection(group) }
    if (pipeline.writes !== writesBefore) prepareDelete(context, scope, nested)
    keepForPlanned(context, nested, deletedEdges(model, group.table))
    deleteSet(context, nested)
  }
}

/** Deletes one record with its steps; a child was reached through a relationship. */
export function deleteRecord(
  context: OperationContext,
  scope: CascadeScope,
  table: CompiledTable,
  row: RowNumber,
  place: 'root' | CompiledRelationship | null,
): void {
  const { pipeline } = context
  const steps = pipeline.steps('Delete', table)
  const isAskedLater = steps.PostOperation.length + steps.async.length > 0
  const event =
    place === 'root'
      ? scope.root
      : childEvent(context, callUnder(context, scope, place, table, row, isAskedLater), table, row, ['Delete'], null)
  const set = { table, rows: runOf(row, row) }
  let writesBefore = 0
  pipeline.run(event, {
    prepare() {
      prepareDelete(context, scope, set)
      writesBefore = pipeline.writes
    },
    main() {
      // A PreOperation step may have put something below it since.
      if (pipeline.writes !== writesBefore) prepareDelete(context, scope, set)
      if (deleteSet(context, set) === 0) throw recordGone(context, table, row)
    },
  })
}

/**
 * Deals with whatever hangs on records, as the platform does between PreValidation and PreOperation of their delete.
 * @throws CASCADE_REFUSED where a step has put a Restrict child under one. Source: dataverse reference, section 5.5.
 */
export function prepareDelete(context: OperationContext, scope: CascadeScope, set: RowSet): void {
  const { connection, model } = context
  for (const edge of restrictEdges(model, set.table)) checkRestricting(context, scope, edge, set)
  const blocked = findBlockedChild(context, scope, set)
  if (blocked) throw blocked.error
  deleteUnplannedChildren(context, scope, set)
  for (const edge of removeLinkEdges(model, set.table))
    for (const child of findChildren(connection, edge, set.rows)) unlinkRecord(context, scope, edge, child.row, child.parent)
}

function checkRestricting({ connection, settings }: OperationContext, scope: CascadeScope, edge: Edge, set: RowSet): void {
  const children = findChildren(connection, edge, set.rows).filter(({ row, parent }) => row !== parent)
  if (children.length === 0) return
  const planned = passesPlanned(settings, edge) ? scope.planned(children.map(({ row }) => row)) : new Set()
  const blocking = children.filter(({ row }) => !planned.has(row))
  if (blocking.length > 0) throw deleteBlocked(blockersAlong(connection, edge, blocking))
}

/** In a loop, or where a row hangs on several others, rows of a later batch point to these: until then their links keep the GUID. */
function keepForPlanned({ connection }: OperationContext, { rows }: RowSet, edges: Edge[]): void {
  for (const edge of edges) keepDanglingTargets(connection, edge, rows)
}

interface FoundChildren {
  edge: Edge
  unplanned: UnplannedChild[]
  /** Whether rows that the cascade will delete anyway hang on the same rows. */
  hasPlanned: boolean
}

function findUnplanned({ connection, model }: OperationContext, scope: CascadeScope, { table, rows }: RowSet): FoundChildren[] {
  return deletedEdges(model, table).map((edge) => {
    const children = findTaken(connection, edge, rows)
    const planned = children.length === 0 ? new Set() : scope.planned(children.map(({ row }) => row))
    const unplanned = children.filter(({ row }) => !planned.has(row)).map(({ row, parent }) => ({ table: edge.child, row, parent }))
    return { edge, unplanned, hasPlanned: planned.size > 0 }
  })
}

function withDeletePlan<T>(context: OperationContext, table: CompiledTable, root: RowNumber, use: (plan: Plan) => T): T {
  const { connection, model, kind } = context
  return withPlan(connection, model, kind, { operation: kind.operation, table, root }, use)
}
