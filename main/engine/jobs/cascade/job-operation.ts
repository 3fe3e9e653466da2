import type { ResolvedRequest } from '../../cascade/request.ts'
import { resolveAssignee } from '../../cascade/request.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import type { EventSeed } from '../../contract/engine.ts'
import { EngineError } from '../../contract/errors.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import { callBelow, rootEvent } from '../../operations/cascade-events.ts'
import type { CascadeScope, OperationContext } from '../../operations/context.ts'
import { callOf } from '../../pipeline/call.ts'
import type { Connection } from '../../store/connection.ts'
import { bytesToGuid } from '../../store/guid.ts'
import type { JobRange } from '../../store/job-items.ts'
import { plannedAmong } from '../../store/job-items.ts'
import type { JobRow } from '../../store/jobs.ts'
import type { OwnerRow } from '../../store/rows.ts'
import { findOwnerByRow, getRow } from '../../store/rows.ts'
import type { BatchContext } from './batch-context.ts'

export const wholeOf = (job: JobRow): JobRange => ({ job: job.number, first: job.first_item + 1, end: job.first_item + job.total })

/**
 * Returns a job's operation with its rows and users looked up again, since they may have been deleted after it was planned.
 * @throws CASCADE_REFUSED, RECORD_NOT_FOUND, which count as a failure of the next record.
 */
export function jobOperation(context: BatchContext, job: JobRow): { operation: OperationContext; scope: CascadeScope } {
  const { connection, model, settings, pipeline, nowMs } = context
  const author = authorOf(connection, job)
  const request = resolveJob(connection, model, job)
  const seed = seedOfJob(job)
  const call = {
    ...callOf(pipeline.session, author, seed),
    createdOnMs: job.createdon,
    job: { number: job.number, id: bytesToGuid(job.guid), name: job.name, attempt: 1, batch: job.batches + 1 },
  }
  const operation: OperationContext = { connection, model, settings, pipeline, nowMs, request, call, change: { nowMs, caller: author.row } }
  const root = rootEvent(operation, call, request, seed, {}, recordOf(job))
  return { operation, scope: { root, below: callBelow(operation, root), planned: (rows) => plannedAmong(connection, rows, wholeOf(job)) } }
}

export function seedOfJob(job: JobRow): EventSeed {
  const kept = job.event === null ? { sharedVariables: {} } : (JSON.parse(job.event) as Omit<EventSeed, 'requestId' | 'correlationId'>)
  return { ...kept, requestId: bytesToGuid(job.requestid), correlationId: bytesToGuid(job.correlationid) }
}

/** Returns the record of a job's message, which may have been deleted. */
function recordOf(job: JobRow): { table: string; id: string } {
  const request = JSON.parse(job.request) as CascadeRequest
  return {
    table: job.primaryentitytype,
    id: request.operation === 'Merge' ? request.target.id.toLowerCase() : bytesToGuid(job.regarding_guid),
  }
}

/** Looks up the rows of the request again, which may have been deleted since the job was planned. */
function resolveJob(connection: Connection, model: CompiledModel, job: JobRow): ResolvedRequest {
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

/** Returns the user who started the job, with whose rights it runs. Source: dataverse reference, section 2.4. */
function authorOf(connection: Connection, job: JobRow): OwnerRow {
  const author = findOwnerByRow(connection, job.createdby)
  if (author && !author.disabled) return author
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
