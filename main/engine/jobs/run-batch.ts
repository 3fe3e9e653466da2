import type { ResolvedRequest } from '../cascade/request.ts'
import { resolveAssignee } from '../cascade/request.ts'
import { EngineError } from '../errors.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { CascadeRequest, Settings } from '../model.ts'
import { assignRows } from '../operations/assign.ts'
import type { OperationContext } from '../operations/context.ts'
import { deleteSet, unlinkSet } from '../operations/delete.ts'
import type { Merge } from '../operations/merge.ts'
import { adoptOrphans, moveSet, retireSubordinate, updateTarget } from '../operations/merge.ts'
import type { Connection } from '../store/connection.ts'
import type { JobRow } from '../store/jobs.ts'
import { addJobMessage, jobStatements } from '../store/jobs.ts'
import { getRow } from '../store/rows.ts'
import type { BatchRange, BatchSet } from './batch.ts'
import { readBatch } from './batch.ts'
import type { BatchFailure } from './batch-failure.ts'
import { earliest } from './batch-failure.ts'
import { checkDelete, checkParenting } from './check-batch.ts'
import { completeJob, recordFailure } from './failures.ts'
import { checkStrays, deleteStrays } from './strays.ts'

export interface BatchContext {
  connection: Connection
  model: CompiledModel
  settings: Settings
  nowMs: number
}

/**
 * Runs the next batch of a job that is In Progress: its records, its cursor and its state change in one transaction, so
 * that a job goes on exactly where it stopped. A record that fails undoes no other: the batch commits up to it.
 */
export function runBatch(context: BatchContext, jobNumber: number): JobRow {
  const { connection, nowMs } = context
  return connection.write(() => {
    const job = jobStatements(connection).byNumber.get(jobNumber) as JobRow
    const first = job.first_item + job.position + 1
    const end = job.first_item + job.total
    const range = { first, last: Math.min(first + context.settings.batchSize - 1, end), end }
    const failure = processRange(context, job, range)
    const done = (failure ? failure.item - 1 : range.last) - job.first_item
    if (done > job.position) jobStatements(connection).advance.run({ number: job.number, position: done, now: nowMs })
    if (failure) recordFailure(context, job, failure)
    else if (done === job.total) completeJob(context, job)
    return jobStatements(connection).byNumber.get(jobNumber) as JobRow
  })
}

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
  const failure = earliest(sets.map((set) => checkSet(operation, job, set, range)))
  if (!failure) applyRange(operation, job, sets, range)
  else if (failure.item > range.first) {
    const before = { ...range, last: failure.item - 1 }
    applyRange(operation, job, readBatch(connection, model, job.number, before), before)
  }
  return failure
}

/** The request with its rows found again: they may have gone since the job was planned. */
function resolveJob(connection: Connection, model: CompiledModel, job: JobRow): ResolvedRequest {
  const request = JSON.parse(job.request) as CascadeRequest
  const table = model.table(job.primaryentitytype)
  const root = job.regardingobjectid
  switch (request.operation) {
    case 'Assign': return { operation: 'Assign', table, root, owner: resolveAssignee(connection, model, request.to) }
    case 'Delete': return { operation: 'Delete', table, root }
    case 'Merge': {
      getRow(connection, table, request.subordinate.id)
      const target = getRow(connection, table, request.target.id)
      return { operation: 'Merge', table, root, target, content: request.content ?? {}, parentingCheck: request.parentingCheck ?? true }
    }
  }
}

function checkSet(operation: OperationContext, job: JobRow, set: BatchSet, range: BatchRange): BatchFailure | undefined {
  const { request } = operation
  const whole = { job: job.number, first: job.first_item + 1, end: range.end }
  if (request.operation === 'Delete') return earliest([checkDelete(operation, set, whole), checkStrays(operation, set, range, whole)])
  if (request.operation === 'Merge' && set.action === 'check' && request.parentingCheck) return checkParenting({ ...operation, request }, set)
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
    addJobMessage(connection, job.number, { atMs: change.nowMs, level: 'warning', code: null, text: `${passedOver} planned record${passedOver === 1 ? ' was' : 's were'} gone or changed meanwhile and passed over.` })
}

function applyMerge(operation: OperationContext<Merge>, set: BatchSet): number {
  if (set.action === 'merge') updateTarget(operation)
  if (set.action === 'move') return Math.max(0, set.size - moveSet(operation, set))
  if (set.action === 'check' && set.relationship && !operation.request.parentingCheck) adoptOrphans(operation, set.relationship, set.children())
  return 0
}
