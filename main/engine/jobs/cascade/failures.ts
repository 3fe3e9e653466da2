import { inEnglish } from '#text/english'
import { jobText } from '#text/english/jobs'
import type { EngineError } from '../../contract/errors.ts'
import { aboutRecord, isRecordFailure, namedMessageOf } from '../../contract/errors.ts'
import type { JobStatus } from '../../contract/jobs.ts'
import type { LookupValue } from '../../contract/records.ts'
import type { SetFailure } from '../../operations/set-failure.ts'
import { newCall } from '../../pipeline/call.ts'
import { RaisedMessage, RecordEvent } from '../../pipeline/record-event.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { cascadeJobStatements } from '../../store/cascade-jobs.ts'
import { itemsBetween, jobItemStatements } from '../../store/job-items.ts'
import { findOwnerByRow } from '../../store/owners.ts'
import { findRecord } from '../../store/rows.ts'
import { addJobMessage, systemJobStatements } from '../../store/system-jobs.ts'
import { asSentence, writeJobError } from '../job-error.ts'
import { recordPolicy, tryOf, waitAfter } from '../retry-policy.ts'
import { moveJob } from '../states.ts'
import type { BatchContext } from './batch-context.ts'
import { requestContextOfJob } from './job-operation.ts'

/** Stores a failure and moves the job to the state that the retry policy gives it: Waiting for the next try, or Paused. */
export function recordFailure(context: BatchContext, job: CascadeJobRow, { item, error }: SetFailure): void {
  const { connection, settings, nowMs } = context
  const failures = tryOf(job, item)
  const waitMs = waitAfter(recordPolicy(settings), failures)
  const failing = recordAt(context, job, item)
  aboutRecord(error, () => failing)
  writeError(context, job, error, { item, attempts: failures, failing })
  if (waitMs !== undefined) {
    addJobMessage(connection, job.number, {
      atMs: nowMs,
      level: 'warning',
      code: error.platformCode,
      text: jobText.triedAgain({
        error: asSentence(namedMessageOf(error)),
        tries: failures,
        most: settings.maxAttempts,
        seconds: Math.round(waitMs / 1_000),
      }),
    })
    systemJobStatements(connection).countRetry.run(job.number)
    systemJobStatements(connection).postpone.run(nowMs + waitMs, job.number)
    moveJob(connection, job, 'Waiting', nowMs)
    return
  }
  endBadly(context, job, 'Paused', error)
  addJobMessage(connection, job.number, {
    atMs: nowMs,
    level: 'error',
    code: error.platformCode,
    text: jobText.pausedAfter({ error: asSentence(namedMessageOf(error)), tries: failures }),
  })
}

/** Ends a job as Failed, because it could not be planned. */
export function failJob(context: BatchContext, job: CascadeJobRow, error: EngineError): void {
  writeError(context, job, error, { item: job.first_item + 1, attempts: 1, failing: error.record })
  endBadly(context, job, 'Failed', error)
  addJobMessage(context.connection, job.number, {
    atMs: context.nowMs,
    level: 'error',
    code: error.platformCode,
    text: namedMessageOf(error),
  })
}

export function completeJob(context: BatchContext, job: CascadeJobRow): void {
  writeJobError(context.connection, job.number, null)
  cascadeJobStatements(context.connection).forgetFailing.run(job.number)
  systemJobStatements(context.connection).postpone.run(null, job.number)
  const inputs = { casadeAsync_JobName: job.name }
  raise(context, job, 'cascadeAsync_SuccessAPI', inputs)
  noteRaised(context, job, 'cascadeAsync_SuccessAPI', inputs)
  moveJob(context.connection, job, 'Completed', context.nowMs)
}

/** Ends or pauses a job with an error. A step that cannot be told of it does not keep the job from stopping. */
function endBadly(context: BatchContext, job: CascadeJobRow, status: JobStatus, error: EngineError): void {
  const { connection, nowMs } = context
  const inputs = { casadeAsyncExceptionDetails: inEnglish(namedMessageOf(error)), casadeAsyncJobName: job.name }
  try {
    connection.savepoint(() => raise(context, job, 'cascadeAsync_FailureAPI', inputs))
  } catch (failure) {
    if (!isRecordFailure(failure)) throw failure
    addJobMessage(connection, job.number, { atMs: nowMs, level: 'warning', code: failure.platformCode, text: namedMessageOf(failure) })
  }
  noteRaised(context, job, 'cascadeAsync_FailureAPI', inputs)
  moveJob(connection, job, status, nowMs)
}

/** Notes that a job's message was raised, with the platform's spelling of messages and inputs. Source: dataverse reference, section 2.4. */
function noteRaised(context: BatchContext, job: CascadeJobRow, message: JobMessageName, inputs: Record<string, string>): void {
  const { connection, nowMs } = context
  systemJobStatements(connection).notify.run(nowMs, job.number, message, JSON.stringify(inputs))
  addJobMessage(connection, job.number, { atMs: nowMs, level: 'information', code: null, text: jobText.raised({ message }) })
}

interface Failing {
  item: number
  attempts: number
  failing: LookupValue | null
}

function writeError(context: BatchContext, job: CascadeJobRow, error: EngineError, { failing, ...rest }: Failing): void {
  const { connection, pipeline } = context
  writeJobError(connection, job.number, error, pipeline.log.failedRunOf(error))
  cascadeJobStatements(connection).setFailure.run({ number: job.number, ...rest, failing: failing && JSON.stringify(failing) })
}

/** Returns the record at a position of a job, also one that is gone. */
function recordAt({ connection, model }: BatchContext, job: CascadeJobRow, position: number): LookupValue | null {
  const [item] = itemsBetween(connection, position, position)
  const group = item && jobItemStatements(connection).group.get(job.number, item.group)
  return group ? findRecord(connection, model.tableByNumber(group.table_number), item.row) : null
}

type JobMessageName = 'cascadeAsync_SuccessAPI' | 'cascadeAsync_FailureAPI'

/** Writes system jobs for asynchronous steps that listen to the end of a job. */
function raise({ connection, pipeline }: BatchContext, job: CascadeJobRow, message: JobMessageName, inputs: Record<string, string>): void {
  const author = findOwnerByRow(connection, job.createdby)
  if (pipeline.isSilent || !author) return
  const call = newCall(pipeline.session, author, requestContextOfJob(job))
  pipeline.after(new RecordEvent({ call, table: null, row: null, record: null, messages: [new RaisedMessage(message, inputs)] }))
}
