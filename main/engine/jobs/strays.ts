import { deleteBlocked, findBlockers } from '../cascade/blockers.ts'
import { restrictEdges, travelledEdges } from '../cascade/edges.ts'
import type { Plan } from '../cascade/plan.ts'
import { planCascade } from '../cascade/plan.ts'
import type { RowNumber } from '../loader.ts'
import type { CompiledTable, Edge } from '../model/compiled-model.ts'
import type { OperationContext, RowSet } from '../operations/context.ts'
import { deleteSet } from '../operations/delete.ts'
import { findTaken, keepDanglingTargets } from '../store/changes.ts'
import type { JobRange } from '../store/job-items.ts'
import { plannedAmong } from '../store/job-items.ts'
import { rowExists } from '../store/rows.ts'
import type { BatchRange, BatchSet } from './batch.ts'
import type { BatchFailure } from './batch-failure.ts'
import { earliest } from './batch-failure.ts'

/**
 * Children that came to hang on a record after its job was planned. They go with it, each through its own delete, as they
 * would have if the record had been deleted by itself; rows that the job will delete anyway are left to it.
 */

interface Stray {
  table: CompiledTable
  row: RowNumber
  parent: RowNumber
}

/** The plan table that a nested delete uses; those of previews have lower numbers. */
const NESTED_PLAN = 1_000

/** A stray whose own delete is blocked stops the record that it hangs on. */
export function checkStrays(operation: OperationContext, set: BatchSet, range: BatchRange, job: JobRange): BatchFailure | undefined {
  if (set.action !== 'delete') return undefined
  const { connection, model, settings } = operation
  const strays = findHanging(operation, set, job).flatMap((hanging) => hanging.strays)
  const failures = strays.map(({ table, row, parent }) =>
    withNestedPlan(operation, table, row, (plan) => {
      const blockers = findBlockers(connection, model, settings, plan)
      return blockers.count === 0 ? undefined : { item: set.firstPosition([parent]) ?? range.first, error: deleteBlocked(blockers) }
    }),
  )
  return earliest(failures)
}

export function deleteStrays(operation: OperationContext, set: RowSet, job: JobRange): void {
  const { connection, model, settings } = operation
  const hanging = findHanging(operation, set, job)
  for (const { table, row } of hanging.flatMap(({ strays }) => strays)) {
    if (!rowExists(connection, table, row)) continue
    withNestedPlan(operation, table, row, (plan) => {
      plan.table.exclude(plannedAmong(connection, plan.table.allRows(), job))
      for (const group of plan.groups.toReversed()) {
        if (group.action !== 'delete') continue
        const nested = { table: group.table, rows: plan.table.selection(group) }
        keepForPlanned(operation, nested, travelledEdges(model, group.table, 'Delete'))
        deleteSet(operation, nested)
      }
    })
  }
  const passedOver = settings.restrictIgnoresRowsBeingDeleted ? restrictEdges(model, set.table) : []
  keepForPlanned(operation, set, [...hanging.filter(({ hasPlanned }) => hasPlanned).map(({ edge }) => edge), ...passedOver])
}

/** In a loop, or where a row hangs on several others, rows of a later batch point to these: until then their links keep the GUID. */
function keepForPlanned({ connection }: OperationContext, { rows }: RowSet, edges: Edge[]): void {
  for (const edge of edges) keepDanglingTargets(connection, edge, rows)
}

interface Hanging {
  edge: Edge
  strays: Stray[]
  /** Rows that the job will delete anyway hang on these as well. */
  hasPlanned: boolean
}

function findHanging({ connection, model }: OperationContext, { table, rows }: RowSet, job: JobRange): Hanging[] {
  return travelledEdges(model, table, 'Delete').map((edge) => {
    const children = findTaken(connection, edge, rows)
    const planned = plannedAmong(
      connection,
      children.map(({ row }) => row),
      job,
    )
    const strays = children.filter(({ row }) => !planned.has(row)).map(({ row, parent }) => ({ table: edge.child, row, parent }))
    return { edge, strays, hasPlanned: planned.size > 0 }
  })
}

function withNestedPlan<T>({ connection, model }: OperationContext, table: CompiledTable, root: RowNumber, use: (plan: Plan) => T): T {
  const plan = planCascade(connection, model, { operation: 'Delete', table, root }, NESTED_PLAN)
  try {
    return use(plan)
  } finally {
    plan.table.drop()
  }
}
