import { jobText } from '#text/english/jobs'
import { platform } from '#text/english/platform'
import type { CascadeRequest } from '../../contract/cascades.ts'
import type { RequestContext } from '../../contract/engine.ts'
import { EngineError } from '../../contract/errors.ts'
import { callBelow } from '../../operations/cascade-events.ts'
import type { CascadeScope, OperationContext } from '../../operations/context.ts'
import { kindOf } from '../../operations/kinds/kind-of.ts'
import { rootEvent } from '../../operations/root-event.ts'
import { newCall } from '../../pipeline/call.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import type { Connection } from '../../store/connection.ts'
import { bytesToGuid } from '../../store/guid.ts'
import type { JobRange } from '../../store/job-items.ts'
import { plannedAmong } from '../../store/job-items.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { findOwnerByRow } from '../../store/owners.ts'
import type { BatchContext } from './batch-context.ts'

export const wholeOf = (job: CascadeJobRow): JobRange => ({ job: job.number, first: job.first_item + 1, end: job.first_item + job.total })

/**
 * Returns a job's operation with its rows and users looked up again, since they may have been deleted after it was planned.
 * @throws CASCADE_REFUSED, RECORD_NOT_FOUND, which count as a failure of the next record.
 */
export function jobOperation(context: BatchContext, job: CascadeJobRow): { operation: OperationContext; scope: CascadeScope } {
  const { connection, model, settings, pipeline, nowMs } = context
  const author = authorOf(connection, job)
  const kind = kindOf(job.operation)
  const kept = JSON.parse(job.request) as CascadeRequest
  const request = kind.resolveAgain(connection, model, kept, { table: model.table(job.primaryentitytype), root: job.regardingobjectid })
  // Its row may be gone by now.
  const record = { table: job.primaryentitytype, id: kind.messageId(kept, bytesToGuid(job.regarding_guid)) }
  const requestContext = requestContextOfJob(job)
  const call = {
    ...newCall(pipeline.session, author, requestContext),
    createdOnMs: job.createdon,
    job: { number: job.number, id: bytesToGuid(job.guid), name: job.name, attempt: 1, batch: job.batches + 1 },
  }
  const operation: OperationContext = {
    connection,
    model,
    settings,
    pipeline,
    nowMs,
    kind,
    request,
    call,
    change: { nowMs, caller: author.row },
  }
  const root = rootEvent(operation, call, request, requestContext, {}, record)
  return { operation, scope: { root, below: callBelow(operation, root), planned: (rows) => plannedAmong(connection, rows, wholeOf(job)) } }
}

export function requestContextOfJob(job: CascadeJobRow): RequestContext {
  const kept = job.event === null ? { sharedVariables: {} } : (JSON.parse(job.event) as Omit<RequestContext, 'requestId' | 'correlationId'>)
  return { ...kept, requestId: bytesToGuid(job.requestid), correlationId: bytesToGuid(job.correlationid) }
}

/** Returns the user who started the job, with whose rights it runs. Source: dataverse reference, section 2.4. */
function authorOf(connection: Connection, job: CascadeJobRow): OwnerRow {
  const author = findOwnerByRow(connection, job.createdby)
  if (author && !author.disabled) return author
  throw new EngineError('CASCADE_REFUSED', platform.userDisabled({ user: author?.name ?? '' }), {
    platform: 'unManagedidsusernotenabled',
    hint: jobText.authorHint,
    details: { job: job.name },
  })
}
