import { jobText } from '#text/english/jobs'
import { EngineError, isRecordFailure } from '../../contract/errors.ts'
import { checkSetRights } from '../../operations/authorize-plan.ts'
import type { CascadeScope, OperationContext } from '../../operations/context.ts'
import { heldByCascade, recordHeld } from '../../operations/holds.ts'
import type { PositionedSet, RangeStart } from '../../operations/kinds/operation-kind.ts'
import type { SetFailure } from '../../operations/set-failure.ts'
import { earliest } from '../../operations/set-failure.ts'
import { findHolder } from '../../store/holds.ts'
import { describeRow } from '../../store/rows.ts'
import { addJobMessage } from '../../store/system-jobs.ts'
import { readBatch } from './batch.ts'
import type { BatchRun } from './batch-run.ts'
import { jobOperation } from './job-operation.ts'

/** Applies the job's operation to a range of records, set by set. Returns the first that fails; everything before it has been applied. */
export function processRange(run: BatchRun): SetFailure | undefined {
  const { context, job, range } = run
  const { connection, model } = context
  let prepared: ReturnType<typeof jobOperation>
  try {
    prepared = jobOperation(context, job)
  } catch (error) {
    if (isRecordFailure(error)) return { item: range.first, error }
    throw error
  }
  const { operation, scope } = prepared
  const sets = readBatch(connection, model, job.number, range)
  const failure = earliest(
    sets.flatMap((set) => [
      checkHeld(operation, run, set),
      checkSetRights(operation, set),
      operation.kind.checkSet(operation, scope, set, startOf(run)),
    ]),
  )
  if (!failure) applyRange(operation, scope, run, sets)
  else if (failure.item > range.first) {
    const before = run.part(range.first, failure.item - 1)
    applyRange(operation, scope, before, readBatch(connection, model, job.number, before.range))
  }
  return failure
}

export const startOf = ({ job, range: { first } }: BatchRun): RangeStart => ({ first, isRetry: job.failing_item === first })

/** Returns the failure of a fault on purpose, whose message says so. */
export function faultOf({ context: { faults }, job, range }: BatchRun): SetFailure | undefined {
  const batch = job.batches + 1
  if (faults?.failBatch !== batch) return undefined
  return {
    item: range.first,
    error: new EngineError('CASCADE_REFUSED', jobText.batchFault({ batch }), {
      hint: jobText.batchFaultHint,
      details: { fault: 'failBatch', batch },
    }),
  }
}

/** Checks that no record is held by another cascade that a watcher has stopped. */
export function checkHeld(
  { connection }: OperationContext,
  { context: { heldPlan }, job }: BatchRun,
  set: PositionedSet,
): SetFailure | undefined {
  const holder = findHolder(connection, set.rowNumbers(), job.number)
  const shared = heldPlan?.findRow(set.rowNumbers())
  const row = holder?.heldRow ?? shared
  const item = row === undefined ? undefined : set.firstPosition([row])
  if (row === undefined || item === undefined) return undefined
  return {
    item,
    error: holder ? recordHeld(connection, set.table, holder) : heldByCascade(describeRow(connection, set.table, row)),
  }
}

function applyRange(operation: OperationContext, scope: CascadeScope, { job, range }: BatchRun, sets: PositionedSet[]): void {
  const { kind } = operation
  let passedOver = 0
  for (const set of sets) {
    if (set.relationship === null) kind.frame?.begin(operation, scope)
    kind.prepareJobSet(operation, scope, set)
    passedOver += kind.applySet(operation, scope, set)
  }
  if (range.last === range.end) kind.frame?.end(operation, scope)
  notePassedOver(operation, job, passedOver)
}

export function notePassedOver({ connection, change }: OperationContext, job: { number: number }, count: number): void {
  if (count === 0) return
  addJobMessage(connection, job.number, {
    atMs: change.nowMs,
    level: 'warning',
    code: null,
    text: jobText.passedOver({ records: count }),
  })
}
