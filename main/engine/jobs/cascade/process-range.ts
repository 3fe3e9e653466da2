import { checkContent } from '../../cascade/merge-checks.ts'
import { EngineError } from '../../contract/errors.ts'
import { assignRows } from '../../operations/assign.ts'
import type { CascadeScope, OperationContext } from '../../operations/context.ts'
import { deleteSet, unlinkSet } from '../../operations/delete.ts'
import { heldByCascade, recordHeld } from '../../operations/holds.ts'
import type { Merge } from '../../operations/merge.ts'
import { adoptOrphans, moveSet, retireSubordinate, updateTarget } from '../../operations/merge.ts'
import { deleteStrays, findBlockedStray } from '../../operations/strays.ts'
import { findHolder } from '../../store/holds.ts'
import type { JobRow } from '../../store/jobs.ts'
import { addJobMessage } from '../../store/jobs.ts'
import type { PlanTable } from '../../store/plan-table.ts'
import { describeRow } from '../../store/rows.ts'
import type { BatchRange, BatchSet } from './batch.ts'
import { readBatch } from './batch.ts'
import type { BatchContext } from './batch-context.ts'
import type { BatchFailure } from './batch-failure.ts'
import { earliest } from './batch-failure.ts'
import { checkDelete, checkParenting, checkPresent } from './check-batch.ts'
import { jobOperation, wholeOf } from './job-operation.ts'

/** Applies the job's operation to a range of records, set by set. Returns the first that fails; everything before it has been applied. */
export function processRange(context: BatchContext, job: JobRow, range: BatchRange): BatchFailure | undefined {
  const { connection, model } = context
  let prepared: ReturnType<typeof jobOperation>
  try {
    prepared = jobOperation(context, job)
  } catch (error) {
    if (error instanceof EngineError) return { item: range.first, error }
    throw error
  }
  const { operation, scope } = prepared
  const sets = readBatch(connection, model, job.number, range)
  const failure = earliest(
    sets.flatMap((set) => [checkHeld(operation, context.heldPlan, job, set), checkSet(operation, scope, job, set, range)]),
  )
  if (!failure) applyRange(operation, scope, job, sets, range)
  else if (failure.item > range.first) {
    const before = { ...range, last: failure.item - 1 }
    applyRange(operation, scope, job, readBatch(connection, model, job.number, before), before)
  }
  return failure
}

/** Returns the failure of a fault on purpose, whose message says so. */
export function faultOf({ faults }: BatchContext, job: JobRow, range: BatchRange): BatchFailure | undefined {
  const batch = job.batches + 1
  if (faults?.failBatch !== batch) return undefined
  return {
    item: range.first,
    error: new EngineError('CASCADE_REFUSED', `Fault: batch ${batch} was made to fail on purpose.`, {
      hint: 'Switch the fault off, then resume the job.',
      details: { fault: 'failBatch', batch },
    }),
  }
}

/** Checks that no record is held by another cascade that a watcher has stopped. */
export function checkHeld(
  { connection }: OperationContext,
  heldPlan: PlanTable | undefined,
  job: JobRow,
  set: BatchSet,
): BatchFailure | undefined {
  const holder = findHolder(connection, set.rowNumbers(), job.number)
  const shared = heldPlan?.findRow(set.rowNumbers())
  const row = holder?.heldRow ?? shared
  const item = row === undefined ? undefined : set.firstPosition([row])
  if (row === undefined || item === undefined) return undefined
  return {
    item,
    error: holder
      ? recordHeld(connection, set.table, holder)
      : heldByCascade(set.table.definition.logicalName, describeRow(connection, set.table, row).id),
  }
}

/** Runs a check and returns its error as a failure of this item. */
export function failureOf(item: number, check: () => void): BatchFailure | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof EngineError) return { item, error }
    throw error
  }
}

function checkSet(
  operation: OperationContext,
  scope: CascadeScope,
  job: JobRow,
  set: BatchSet,
  range: BatchRange,
): BatchFailure | undefined {
  const { request } = operation
  if (request.operation === 'Delete')
    return earliest([checkDelete(operation, set, wholeOf(job)), checkStrays(operation, scope, set, range)])
  return checkMergeSet(operation, job, set, range)
}

/** Returns the first record with an unplanned child whose delete is blocked. */
function checkStrays(operation: OperationContext, scope: CascadeScope, set: BatchSet, range: BatchRange): BatchFailure | undefined {
  const blocked = set.action === 'delete' ? findBlockedStray(operation, set, scope.planned) : undefined
  return blocked && { item: set.firstPosition([blocked.parent]) ?? range.first, error: blocked.error }
}

/** Checks the records of a merge before they are changed. */
export function checkMergeSet(operation: OperationContext, job: JobRow, set: BatchSet, range: BatchRange): BatchFailure | undefined {
  const { request } = operation
  if (request.operation === 'Merge' && set.action === 'merge')
    return failureOf(range.first, () => checkContent(operation.connection, operation.model, request))
  if (request.operation === 'Merge' && set.action === 'move' && request.parentingCheck && job.failing_item !== range.first)
    return checkPresent(operation, set)
  if (request.operation === 'Merge' && set.action === 'check' && request.parentingCheck)
    return checkParenting({ ...operation, request }, set)
  return undefined
}

function applyRange(operation: OperationContext, scope: CascadeScope, job: JobRow, sets: BatchSet[], range: BatchRange): void {
  const { request } = operation
  let passedOver = 0
  for (const set of sets) {
    if (request.operation === 'Assign') passedOver += set.size - assignRows({ ...operation, request }, set)
    else if (set.action === 'unlink' && set.relationship) unlinkSet(operation, set.relationship, set.children())
    else if (request.operation === 'Delete') {
      deleteStrays(operation, set, scope)
      deleteSet(operation, set)
    } else if (request.operation === 'Merge') passedOver += applyMerge({ ...operation, request }, scope, set)
  }
  if (request.operation === 'Merge' && range.last === range.end) retireSubordinate({ ...operation, request }, scope)
  notePassedOver(operation, job, passedOver)
}

export function notePassedOver({ connection, change }: OperationContext, job: JobRow, count: number): void {
  if (count === 0) return
  addJobMessage(connection, job.number, {
    atMs: change.nowMs,
    level: 'warning',
    code: null,
    text: `${count} planned record${count === 1 ? ' was' : 's were'} gone or changed meanwhile and passed over.`,
  })
}

function applyMerge(operation: OperationContext<Merge>, scope: CascadeScope, set: BatchSet): number {
  if (set.action === 'merge') updateTarget(operation, scope)
  if (set.action === 'move') return Math.max(0, set.size - moveSet(operation, set))
  if (set.action === 'check' && set.relationship && !operation.request.parentingCheck)
    adoptOrphans(operation, set.relationship, set.children())
  return 0
}
