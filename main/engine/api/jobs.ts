import { inEnglish } from '#text/english'
import { withPlan } from '../cascade/plan.ts'
import type { ResolvedRequest } from '../cascade/planning-kind.ts'
import type { CascadeRequest } from '../contract/cascades.ts'
import type { CascadeMethods } from '../contract/engine.ts'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { Job, JobStatus } from '../contract/jobs.ts'
import { createJob } from '../jobs/cascade/create-job.ts'
import { describeJob } from '../jobs/cascade/describe-job.ts'
import { failJob } from '../jobs/cascade/failures.ts'
import { heldRecords, holdBatch, runHeld } from '../jobs/cascade/held-batch.ts'
import { prepareJob } from '../jobs/cascade/prepare-job.ts'
import { runBatch } from '../jobs/cascade/run-batch.ts'
import { checkPaused, codesOf, moveJob, statusOf } from '../jobs/states.ts'
import { workOf } from '../operations/context.ts'
import { seedOf } from '../operations/event-seed.ts'
import { checkRoot, checkRowsFree } from '../operations/holds.ts'
import { kindOf } from '../operations/kinds/kind-of.ts'
import { newCall } from '../pipeline/call.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Session } from '../session/session.ts'
import type { JobRow } from '../store/jobs.ts'
import { addJobMessage, findJobMessages, getJobRow, jobStatements } from '../store/jobs.ts'
import { recoverStepJobs } from '../store/step-jobs.ts'
import type { CascadeVerbs } from './cascades.ts'
import { refuse, updateTogether } from './cascades.ts'

type JobVerbs = Pick<
  CascadeMethods,
  | 'findJobs'
  | 'getJob'
  | 'createJob'
  | 'prepareJob'
  | 'nextJob'
  | 'nextDueMs'
  | 'runJob'
  | 'beginBatch'
  | 'holdBatch'
  | 'heldRecords'
  | 'runHeld'
  | 'resumeJob'
  | 'reexecuteJob'
  | 'cancelJob'
  | 'findNotifications'
  | 'addJobMessage'
  | 'recoverJobs'
>

/** Returns the methods of system jobs, which are written with the change that causes them and run batch by batch, one after another. */
export function jobVerbs(session: Session, pipeline: Pipeline, { plans }: CascadeVerbs): JobVerbs {
  const { connection, options } = session
  const context = () => ({
    connection,
    model: session.model,
    settings: session.settings,
    pipeline,
    nowMs: options.now(),
    heldPlan: session.heldPlan,
  })
  const describe = (row: JobRow) => describeJob(connection, session.model, row)
  const reread = (row: JobRow) => jobStatements(connection).byNumber.get(row.number) as JobRow

  return {
    // Cascades are the only jobs there are so far, so both views show the same.
    findJobs: () => jobStatements(connection).newestFirst.all().map(describe),

    getJob(jobId) {
      const row = getJobRow(connection, jobId)
      return { job: describe(row), messages: findJobMessages(connection, row.number) }
    },

    createJob(planId, caller, given = {}) {
      const { plan, preview, request } = plans.get(planId)
      refuse(preview)
      if (preview.nothingToDo) throw inputInvalid('Nothing would change, so that there is no work for a job.', { planId })
      const { operation, table, root } = plan.request
      const kind = kindOf(operation)
      checkRoot(connection, operation, table.definition.logicalName, root)
      checkRowsFree(session, table, kind.rows(plan.request))
      const call = newCall(session, caller, given.event)
      return pipeline.transact(() => {
        updateTogether(session, workOf(pipeline), call, plan.request, given)
        const row = createJob(connection, {
          request: kind.toKept(request, plan.request),
          resolved: plan.request,
          caller: call.user,
          nowMs: options.now(),
          newId: options.newId,
          reason: `${inEnglish(preview.modeReason)}.`,
          seed: given.event ?? seedOf(call),
        })
        return describe(row)
      })
    },

    prepareJob(jobId, planId) {
      prepareJob(connection, getJobRow(connection, jobId), plans.get(planId).plan)
      plans.discard(planId)
    },

    nextJob(standing = []) {
      const row = jobStatements(connection).next.get({ now: options.now(), standing: hexList(standing) })
      return row && describe(row)
    },

    nextDueMs(standing = []) {
      return jobStatements(connection).nextDue.get(hexList(standing))?.due ?? undefined
    },

    runJob(jobId, untilMs, faults) {
      const found = getJobRow(connection, jobId)
      let row = isRunnable(found) ? beginJob(found) : found
      while (statusOf(row) === 'In Progress') {
        row = runBatch({ ...context(), faults, untilMs }, row.number)
        if (options.now() >= untilMs) break
      }
      return describe(row)
    },

    beginBatch(jobId) {
      const row = beginJob(getJobRow(connection, jobId))
      return { job: describe(row), attempt: row.failing_item === row.first_item + row.position + 1 ? row.attempts + 1 : 1 }
    },

    holdBatch(jobId) {
      const row = beginJob(getJobRow(connection, jobId))
      if (statusOf(row) === 'In Progress') holdBatch(context(), row)
    },
    heldRecords: (jobId, records) => heldRecords(context(), getJobRow(connection, jobId), records),
    runHeld: (jobId, before, faults) => describe(runHeld({ ...context(), faults }, getJobRow(connection, jobId).number, before)),

    resumeJob(jobId, caller) {
      return moveByHand(jobId, caller, 'Waiting', 'Resumed', (row) => jobStatements(connection).startAfresh.run(row.number))
    },

    reexecuteJob(jobId, caller) {
      return moveByHand(jobId, caller, 'Waiting', 'Executed again', (row) => {
        resolveKept(row)
        jobStatements(connection).startAfresh.run(row.number)
        jobStatements(connection).restartPlan.run(row.number)
      })
    },

    cancelJob(jobId, caller) {
      return moveByHand(jobId, caller, 'Cancelled', 'Cancelled', () => undefined)
    },

    findNotifications: (after) => jobStatements(connection).notifications.all(after),

    addJobMessage(jobId, text) {
      connection.write(() =>
        addJobMessage(connection, getJobRow(connection, jobId).number, { atMs: options.now(), level: 'warning', code: null, text }),
      )
    },

    recoverJobs() {
      recoverStepJobs(connection, codesOf('Waiting'))
      return jobStatements(connection)
        .underWay.all()
        .map((row) => {
          connection.write(() => {
            moveJob(connection, row, 'Waiting', options.now())
            jobStatements(connection).letGo.run(row.number)
            addJobMessage(connection, row.number, {
              atMs: options.now(),
              level: 'information',
              code: null,
              text: `The environment was closed while the job ran. It goes on after record ${row.position}.`,
            })
          })
          return describe(reread(row))
        })
    },
  }

  /** Finds the records of a job's request as if it were made now. @throws as `OperationKind.resolve` does */
  function resolveKept({ operation, request }: JobRow): ResolvedRequest {
    return kindOf(operation).resolve(connection, session.model, JSON.parse(request) as CascadeRequest)
  }

  /** Moves a paused job to another state for a user, and runs `prepare` in the same transaction. */
  function moveByHand(jobId: string, caller: string, to: JobStatus, done: string, prepare: (row: JobRow) => unknown): Job {
    return connection.write(() => {
      const row = getJobRow(connection, jobId)
      const by = session.caller(caller)
      checkPaused(row, to)
      moveJob(connection, row, to, options.now())
      prepare(row)
      addJobMessage(connection, row.number, {
        atMs: options.now(),
        level: 'information',
        code: null,
        text: `${done} by ${by.name} after ${row.position} of ${row.total} records.`,
      })
      return describe(reread(row))
    })
  }

  /** Sets a job to In Progress. Plans it again if it was interrupted before its items were complete. */
  function beginJob(row: JobRow): JobRow {
    if (statusOf(row) !== 'In Progress') connection.write(() => moveJob(connection, row, 'In Progress', options.now()))
    const begun = reread(row)
    if (begun.planned === 1) return begun
    try {
      withPlan(connection, session.model, kindOf(row.operation), resolveKept(row), (plan) => prepareJob(connection, begun, plan))
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      connection.write(() => failJob(context(), begun, error))
    }
    return reread(row)
  }
}

/** Returns whether a job can run. After a lost thread the same job may be requested again although its last batch is committed. */
const isRunnable = (row: JobRow): boolean => statusOf(row) === 'Waiting' || statusOf(row) === 'In Progress'

/** Formats GUIDs as SQLite's hex() does. */
const hexList = (ids: string[]): string => JSON.stringify(ids.map((id) => id.replaceAll('-', '').toUpperCase()))
