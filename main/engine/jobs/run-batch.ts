import { checkContent } from '../cascade/merge-checks.ts'
import type { ResolvedRequest } from '../cascade/request.ts'
import { resolveAssignee } from '../cascade/request.ts'
import type { JobFaults } from '../engine.ts'
import { EngineError } from '../errors.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { CascadeRequest, Settings } from '../model.ts'
import { assignRows } from '../operations/assign.ts'
import type { OperationContext } from '../operations/context.ts'
import { deleteSet, unlinkSet } from '../operations/delete.ts'
import type { Merge } from '../operations/merge.ts'
import { adoptOrphans, moveSet, retireSubordinate, updateTarget } from '../operations/merge.ts'
import type { Connection } from '../store/connection.ts'
import { findHolder } from '../store/holds.ts'
import type { JobRow } from '../store/jobs.ts'
import { addJobMessage, jobStatements } from '../store/jobs.ts'
import type { PlanTable } from '../store/plan-table.ts'
import { describeRow, findOwnerByRow, getRow } from '../store/rows.ts'
import type { BatchRange, BatchSet } from './batch.ts'
import { readBatch } from './batch.ts'
import type { BatchFailure } from './batch-failure.ts'
import { earliest } from './batch-failure.ts'
import { checkDelete, checkParenting, checkPresent } from './check-batch.ts'
import { completeJob, recordFailure } from './failures.ts'
import { heldByCascade, recordHeld } from './holds.ts'
import { checkStrays, deleteStrays } from './strays.ts'

export interface BatchContext {
  connection: Connection
  model: CompiledModel
  settings: Settings
  nowMs: number
  faults?: JobFaults | undefined
  /** Of a synchronous cascade that stands still, see Session. */
  heldPlan?: PlanTable | undefined
}

/**
 * Runs the next batch of a job that is In Progress: its records, its position and its state change in one transaction, so
 * that a job goes on exactly where it stopped. A record that fails undoes no other: the batch commits up to it.
 */
export function runBatch(context: BatchContext, jobNumber: number): JobRow {
  return context.connection.write(() => {
    const job = readJob(context, jobNumber)
    return runRange(context, job, nextBatch(job, context.settings.batchSize), true)
  })
}

/** The positions of a job's next batch: what is left of one that was begun, or a new one. */
export function nextBatch(job: JobRow, batchSize: number): BatchRange {
  const first = job.first_item + job.position + 1
  const end = job.first_item + job.total
  return { first, last: job.batch_last ?? Math.min(first + batchSize - 1, end), end }
}

/** With `ends` the range ends a batch, of which earlier parts may be done already. */
export function runRange(context: BatchContext, job: JobRow, range: BatchRange, ends: boolean): JobRow {
  const { connection, nowMs } = context
  const failure = range.last < range.first ? undefined : (faultOf(context, job, range) ?? processRange(context, job, range))
  const done = (failure ? failure.item - 1 : range.last) - job.first_item
  const began = (job.batch_first ?? range.first) - job.first_item - 1
  const closes = failure !== undefined || ends
  jobStatements(connection).advance.run({ number: job.number, position: done, batches: closes && done > began ? 1 : 0, now: nowMs })
  if (closes) jobStatements(connection).endBatch.run(job.number)
  if (job.failing_item !== null && job.failing_item >= range.first && job.failing_item <= job.first_item + done)
    jobStatements(connection).countLastTry.run(job.number)
  if (failure) recordFailure(context, job, failure)
  else if (done === job.total) completeJob(context, job)
  return readJob(context, job.number)
}

export const readJob = ({ connection }: Pick<BatchContext, 'connection'>, number: number): JobRow =>
  jobStatements(connection).byNumber.get(number) as JobRow

function processRange(context: BatchContext, job: JobRow, range: BatchRange): BatchFailure | undefined {
  const { connection, model, settings, nowMs } = context
  let request: ResolvedRequest
  try {
    request = resolveJob(connection, model, job)
  } catch (error) {
    if (error instanceof EngineError) return { item: range.first, error }
    throw error
  }
  const operation: OperationContext = { connection, model, settings, request, change: { nowMs, caller: job.createdby } }
  const sets = readBatch(connection, model, job.number, range)
  const failure = earliest(sets.flatMap((set) => [checkHeld(operation, context.heldPlan, job, set), checkSet(operation, job, set, range)]))
  if (!failure) applyRange(operation, job, sets, range)
  else if (failure.item > range.first) {
    const before = { ...range, last: failure.item - 1 }
    applyRange(operation, job, readBatch(connection, model, job.number, before), before)
  }
  return failure
}

/** A failure that somebody asked for, and that says so. */
function faultOf({ faults }: BatchContext, job: JobRow, range: BatchRange): BatchFailure | undefined {
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

/** Records of another cascade that stands still while somebody looks on. */
function checkHeld(
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

/** The request with its rows found again: they may have gone since the job was planned. */
function resolveJob(connection: Connection, model: CompiledModel, job: JobRow): ResolvedRequest {
  checkAuthor(connection, job)
  const request = JSON.parse(job.request) as CascadeRequest
  const table = model.table(job.primaryentitytype)
  const root = job.regardingobjectid
  switch (request.operation) {
    case 'Assign':
      return { operation: 'Assign', table, root, owner: resolveAssignee(connection, model, request.to) }
    case 'Delete':
      return { operation: 'Delete', table, root }
    case 'Merge': {
      getRow(connection, table, request.subordinate.id)
      const target = getRow(connection, table, request.target.id)
      return { operation: 'Merge', table, root, target, content: request.content ?? {}, parentingCheck: request.parentingCheck ?? true }
    }
  }
}

/** A job runs in the name of the user who started it. Source: dataverse reference, section 2.4. */
function checkAuthor(connection: Connection, job: JobRow): void {
  const author = findOwnerByRow(connection, job.createdby)
  if (author && !author.disabled) return
  throw new EngineError(
    'CASCADE_REFUSED',
    `The specified user ${author?.name ?? ''} is either disabled or is not a member of any business unit.`,
    {
      platform: 'unManagedidsusernotenabled',
      hint: 'Enable or add the user again and resume the job, or cancel it and let somebody else start it.',
      details: { job: job.name },
    },
  )
}

/** The check's refusal as a failure of this item. */
function failureOf(item: number, check: () => void): BatchFailure | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof EngineError) return { item, error }
    throw error
  }
}

function checkSet(operation: OperationContext, job: JobRow, set: BatchSet, range: BatchRange): BatchFailure | undefined {
  const { request } = operation
  const whole = { job: job.number, first: job.first_item + 1, end: range.end }
  if (request.operation === 'Delete') return earliest([checkDelete(operation, set, whole), checkStrays(operation, set, range, whole)])
  if (request.operation === 'Merge' && set.action === 'merge')
    return failureOf(range.first, () => checkContent(operation.connection, operation.model, request))
  if (request.operation === 'Merge' && set.action === 'move' && request.parentingCheck && job.failing_item !== range.first)
    return checkPresent(operation, set)
  if (request.operation === 'Merge' && set.action === 'check' && request.parentingCheck)
    return checkParenting({ ...operation, request }, set)
  return undefined
}

function applyRange(operation: OperationContext, job: JobRow, sets: BatchSet[], range: BatchRange): void {
  const { connection, request, change } = operation
  let passedOver = 0
  for (const set of sets) {
    if (request.operation === 'Assign') passedOver += set.size - assignRows({ ...operation, request }, set)
    else if (set.action === 'unlink' && set.relationship) unlinkSet(operation, set.relationship, set.children())
    else if (request.operation === 'Delete') {
      deleteStrays(operation, set, { job: job.number, first: job.first_item + 1, end: range.end })
      deleteSet(operation, set)
    } else if (request.operation === 'Merge') passedOver += applyMerge({ ...operation, request }, set)
  }
  if (request.operation === 'Merge' && range.last === range.end) retireSubordinate({ ...operation, request })
  if (passedOver > 0)
    addJobMessage(connection, job.number, {
      atMs: change.nowMs,
      level: 'warning',
      code: null,
      text: `${passedOver} planned record${passedOver === 1 ? ' was' : 's were'} gone or changed meanwhile and passed over.`,
    })
}

function applyMerge(operation: OperationContext<Merge>, set: BatchSet): number {
  if (set.action === 'merge') updateTarget(operation)
  if (set.action === 'move') return Math.max(0, set.size - moveSet(operation, set))
  if (set.action === 'check' && set.relationship && !operation.request.parentingCheck)
    adoptOrphans(operation, set.relationship, set.children())
  return 0
}
