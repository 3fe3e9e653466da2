import { jobText } from '#text/english/jobs'
import { type Plan, planCascade, withPlan } from '../../cascade/plan.ts'
import type { PlanningKind } from '../../cascade/planning-kind.ts'
import { type EngineError, isRecordFailure, messageOf } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { LookupValue } from '../../contract/records.ts'
import type { CompiledTable } from '../../model/compiled-model.ts'
import { rightsOf } from '../../store/caller-rights.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import { rowsOf, type Selection } from '../../store/changes.ts'
import { ROW } from '../../store/columns.ts'
import { findDenied } from '../../store/record-access.ts'
import { describeRow, findPresent } from '../../store/rows.ts'
import { addJobMessage } from '../../store/system-jobs.ts'
import { applyPlan } from '../apply-plan.ts'
import { denied } from '../authorize.ts'
import { childEvent } from '../cascade-events.ts'
import type { CascadeScope, OperationContext } from '../context.ts'
import { deleteBlocked } from './blockers.ts'
import { deletion } from './delete.ts'
import { restrictEdges } from './delete-edges.ts'

/** Refused records that stand in a job's messages; all are counted. */
const LISTED = 100

/**
 * Deletes records of one table, each as if by a delete of its own, in their order. Where no step can listen and nothing forbids any of
 * them, they go by one plan, which leaves the same behind; else the half of them in which something does is looked for.
 */
export function deleteTogether(context: OperationContext, scope: CascadeScope, table: CompiledTable, rows: Selection): void {
  const present = findPresent(context.connection, table, rows)
  if (context.pipeline.isSilent) deleteInHalves(context, scope, table, present)
  else deleteOneByOne(context, scope, table, present)
}

function deleteInHalves(context: OperationContext, scope: CascadeScope, table: CompiledTable, rows: RowNumber[]): void {
  if (rows.length <= 1) {
    deleteOneByOne(context, scope, table, rows)
    return
  }
  if (deleteByOnePlan(context, scope, table, rows)) return
  const middle = Math.ceil(rows.length / 2)
  for (const half of [rows.slice(0, middle), rows.slice(middle)]) {
    const left = findPresent(context.connection, table, rowsOf(half))
    deleteInHalves(context, scope, table, left)
  }
}

/** Deletes records by one plan. Returns whether it did: not where a Restrict child, or a lookup that cannot be empty, hangs on any row of it. */
function deleteByOnePlan(context: OperationContext, scope: CascadeScope, table: CompiledTable, rows: RowNumber[]): boolean {
  const { connection, model } = context
  const kind: PlanningKind = {
    ...(deletion as unknown as PlanningKind),
    origins: {
      tables: () => [table],
      add: (plan) => plan.addMatching(table, { sql: rowsOf(rows).in(ROW), parameters: rowsOf(rows).parameters }),
      coveredOwner: () => null,
      passedOwner: () => null,
    },
  }
  const request = { operation: 'Delete' as const, table, root: rows[0] ?? 0 }
  using plan = planCascade(connection, model, kind, request)
  const deleted = plan.groups.filter(({ action }) => action === 'delete')
  const isFree = deleted.every((group) =>
    restrictEdges(model, group.table).every((edge) => plan.table.countRestricting(edge, group, null) === 0),
  )
  if (!isFree || findUndeletable(context, plan)) return false
  applyPlan({ ...context, kind: deletion as OperationContext['kind'], request }, plan, scope.root)
  return true
}

/** Deletes records one by one with their steps. One that is refused leaves nothing behind and is counted in the job. */
export function deleteOneByOne(context: OperationContext, scope: CascadeScope, table: CompiledTable, rows: RowNumber[]): void {
  const { connection, pipeline } = context
  for (const row of rows) {
    // It may have gone with an earlier one.
    if (findPresent(connection, table, rowsOf([row])).length === 0) continue
    const event = childEvent(context, scope.root.call, table, row, ['Delete'], null)
    const mark = pipeline.log.size
    try {
      connection.savepoint(() => deleteOne(context, table, row, event))
    } catch (error) {
      if (!isRecordFailure(error)) throw error
      pipeline.log.undoFrom(mark)
      countFailure(context, describeRow(connection, table, row), error)
    }
  }
}

function deleteOne(context: OperationContext, table: CompiledTable, row: RowNumber, event: CascadeScope['root']): undefined {
  const { connection, model } = context
  const request = { operation: 'Delete' as const, table, root: row }
  withPlan(connection, model, deletion as unknown as PlanningKind, request, (plan) => {
    const blockers = deletion.findBlockers(context, plan)
    const undeletable = findUndeletable(context, plan)
    if (undeletable) throw denied(context, context.call.user, undeletable.table, undeletable.row, 'Delete')
    if (blockers.count > 0) throw deleteBlocked(blockers)
    applyPlan({ ...context, kind: deletion as OperationContext['kind'], request }, plan, event)
  })
}

/** Returns a record of a plan that the job's user may not delete. Source: dataverse reference, section 4.3. */
function findUndeletable(
  { connection, call }: OperationContext,
  { table: planned, groups }: Plan,
): { table: CompiledTable; row: RowNumber } | undefined {
  const rights = rightsOf(connection, call.user)
  if (rights.holdsEverything) return undefined
  for (const group of groups) {
    if (group.action !== 'delete') continue
    const [row] = findDenied(connection, rights, group.table, 'Delete', planned.selection(group), 1)
    if (row !== undefined) return { table: group.table, row }
  }
  return undefined
}

function countFailure({ connection, call, nowMs }: OperationContext, record: LookupValue, error: EngineError): void {
  if (!call.job) return
  const { failed = 0 } = cascadeJobStatements(connection).countFailed.get(call.job.number) ?? {}
  if (failed > LISTED) return
  cascadeJobStatements(connection).keepFailed.run(call.job.number, failed, JSON.stringify(record))
  addJobMessage(connection, call.job.number, {
    atMs: nowMs,
    level: 'warning',
    code: error.platformCode,
    text: jobText.leftOut({ record: `${record.table}/${record.id}`, error: messageOf(error) }),
  })
}
