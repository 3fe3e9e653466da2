import { EngineError } from '#engine/contract/errors'
import type { ExchangeJob } from '#engine/contract/jobs'
import { describeCommonFields } from '#engine/jobs/describe-job'
import { writeJobError } from '#engine/jobs/job-error'
import type { JobKind } from '#engine/jobs/job-kind'
import { moveJob, statusOf } from '#engine/jobs/states'
import type { Connection } from '#engine/store/connection'
import { type SystemJobRow, systemJobStatements } from '#engine/store/system-jobs'
import { contentInvalid } from '#engine/store/unusable'
import { commerceText } from '#text/english/commerce'
import { commerceOf } from '../commerce.ts'
import { isBehindSuspended, startAgain, tryToApply } from '../exchange/sessions.ts'
import { findChannelByNumber } from '../store/channels.ts'
import { type ExchangeSession, findSessionOfJob } from '../store/sessions.ts'

/** @throws ENVIRONMENT_UNUSABLE if the job has no session */
function sessionOf(connection: Connection, { number }: SystemJobRow): ExchangeSession {
  const session = findSessionOfJob(connection, number)
  if (session === undefined) throw contentInvalid(connection, '_commerce_session', 'system_job', number)
  return session
}

/**
 * Sessions of Commerce Data Exchange. A slice is one try, in one transaction with the state of the job. The last try that fails pauses the job, whose
 * session is suspended then; resuming it applies the session again.
 */
export const exchangeKind: JobKind = {
  prepare({ session: { connection, options } }, job) {
    if (statusOf(job) !== 'In Progress') connection.write(() => moveJob(connection, job, 'In Progress', options.now()))
  },

  runSlice({ session: engine }, job) {
    const commerce = commerceOf(engine)
    const { connection, now } = commerce
    return connection.write(() => {
      const session = sessionOf(connection, job)
      if (isBehindSuspended(commerce, session)) {
        moveJob(connection, job, 'Paused', now())
        return 'paused'
      }
      const isApplied = tryToApply(commerce, session)
      writeJobError(connection, job.number, isApplied ? null : new EngineError('COMMERCE_REFUSED', commerceText.madeToFail))
      if (isApplied) {
        moveJob(connection, job, 'Completed', now())
        return 'done'
      }
      systemJobStatements(connection).countRetry.run(job.number)
      if (session.state !== 'Suspended') return 'advanced'
      moveJob(connection, job, 'Paused', now())
      return 'paused'
    })
  },

  recover: ({ connection, options }, job) => moveJob(connection, job, 'Waiting', options.now()),

  describe(connection, model, row): ExchangeJob {
    const session = sessionOf(connection, row)
    const common = describeCommonFields(connection, model, row)
    return {
      ...common,
      kind: 'exchange',
      regarding: null,
      failing: null,
      failed: 0,
      attempts: session.tries,
      total: session.rows,
      processed: common.status === 'Completed' ? session.rows : 0,
      batches: common.status === 'Completed' ? 1 : 0,
      session: session.number,
      exchange: session.job,
      channel: findChannelByNumber(connection, session.channel)?.name ?? String(session.channel),
      sessionState: session.state,
    }
  },

  tables: () => [],

  byHand: {
    resume: ({ connection }, job) => startAgain(connection, sessionOf(connection, job)),
    reexecute: ({ connection }, job) => startAgain(connection, sessionOf(connection, job)),
    progress: () => ({ done: 0, total: 0 }),
  },
}
