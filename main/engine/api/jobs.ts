import { jobText } from '#text/english/jobs'
import type { CascadeMethods } from '../contract/engine.ts'
import { inputInvalid } from '../contract/errors.ts'
import type { CascadeJob, Job, JobKindName, JobOf, JobQuery, JobStatus } from '../contract/jobs.ts'
import { JOB_KINDS } from '../contract/jobs.ts'
import { batchContext } from '../jobs/cascade/batch-context.ts'
import { beginCascadeJob } from '../jobs/cascade/cascade-kind.ts'
import { createCascadeJob } from '../jobs/cascade/create-cascade-job.ts'
import { describeCascadeJob } from '../jobs/cascade/describe-cascade-job.ts'
import { heldRecords, holdBatch, runHeld } from '../jobs/cascade/held-batch.ts'
import { prepareJob } from '../jobs/cascade/prepare-job.ts'
import { asSentence } from '../jobs/job-error.ts'
import { jobKindOf } from '../jobs/kinds.ts'
import { tryOf } from '../jobs/retry-policy.ts'
import { runSlices } from '../jobs/run-job.ts'
import { checkPaused, codesOf, moveJob, statusOf } from '../jobs/states.ts'
import { workOf } from '../operations/context.ts'
import { checkRoot, checkRowsFree } from '../operations/holds.ts'
import { kindOf } from '../operations/kinds/kind-of.ts'
import { requestContextOf } from '../operations/request-context.ts'
import { newCall } from '../pipeline/call.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Session } from '../session/session.ts'
import type { CascadeJobRow } from '../store/cascade-jobs.ts'
import { getCascadeJob } from '../store/cascade-jobs.ts'
import type { SystemJobRow } from '../store/system-jobs.ts'
import {
  addJobMessage,
  countSystemJobs,
  findJobMessages,
  findSystemJobs,
  getSystemJob,
  nextDueMs,
  nextSystemJob,
  systemJobStatements,
} from '../store/system-jobs.ts'
import type { CascadeVerbs } from './cascades.ts'
import { refuse, updateTogether } from './cascades.ts'

type JobVerbs = Pick<
  CascadeMethods,
  | 'findJobs'
  | 'getJob'
  | 'jobTables'
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

/** The most jobs that one page lists. */
const MOST_JOBS = 1_000

/** System jobs of all kinds: one queue, one list, one table of states. What is special to a kind is asked of it. */
export function jobVerbs(session: Session, pipeline: Pipeline, { plans }: CascadeVerbs): JobVerbs {
  const { connection, options } = session
  const describe = (row: SystemJobRow): Job => jobKindOf(row).describe(connection, session.model, row)
  const describeNow = ({ number }: { number: number }): Job =>
    describe(systemJobStatements(connection).byNumber.get(number) as SystemJobRow)
  const cascadeOf = (jobId: string): CascadeJobRow => getCascadeJob(connection, getSystemJob(connection, jobId).number)
  const describeCascade = (row: CascadeJobRow): CascadeJob => describeCascadeJob(connection, session.model, row)
  const begin = (jobId: string): CascadeJobRow => {
    beginCascadeJob({ session, pipeline }, getSystemJob(connection, jobId))
    return cascadeOf(jobId)
  }

  return {
    findJobs<K extends JobKindName>({ kind, status, before, limit }: JobQuery<K>) {
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST_JOBS) throw inputInvalid(jobText.pageOfJobs, { limit })
      const statuscode = status === undefined ? undefined : codesOf(status).statuscode
      return connection.read(() => {
        const from = before === undefined ? undefined : getSystemJob(connection, before).number
        const rows = findSystemJobs(connection, { kind, statuscode, before: from, limit })
        return { jobs: rows.map(describe) as JobOf<K>[], total: countSystemJobs(connection, { kind, statuscode }) }
      })
    },

    getJob(jobId) {
      const row = getSystemJob(connection, jobId)
      return { job: describe(row), messages: findJobMessages(connection, row.number) }
    },

    jobTables(jobId) {
      const row = getSystemJob(connection, jobId)
      return jobKindOf(row).tables(connection, session.model, row)
    },

    createJob(planId, caller, given = {}) {
      const { plan, preview, request } = plans.get(planId)
      refuse(preview)
      if (preview.nothingToDo) throw inputInvalid(jobText.nothingToDo, { planId })
      const { operation, table, root } = plan.request
      const kind = kindOf(operation)
      checkRoot(connection, operation, table.definition.logicalName, root)
      checkRowsFree(session, table, kind.rows(plan.request))
      const call = newCall(session, caller, given.requestContext)
      return pipeline.transact(() => {
        updateTogether(session, workOf(pipeline), call, plan.request, given)
        const row = createCascadeJob(connection, {
          request: kind.toKept(request, plan.request),
          resolved: plan.request,
          caller: call.user,
          nowMs: options.now(),
          newId: options.newId,
          reason: asSentence(preview.modeReason),
          requestContext: given.requestContext ?? requestContextOf(call),
        })
        return describeCascade(row)
      })
    },

    prepareJob(jobId, planId) {
      prepareJob(connection, cascadeOf(jobId), plans.get(planId).plan)
      plans.discard(planId)
    },

    nextJob({ kinds = JOB_KINDS, except = [] } = {}) {
      for (const kind of kinds) {
        const row = nextSystemJob(connection, kind, options.now(), except)
        if (row) return describe(row)
      }
      return undefined
    },

    nextDueMs({ kinds = JOB_KINDS, except = [] } = {}) {
      const times = kinds.flatMap((kind) => nextDueMs(connection, kind, except) ?? [])
      return times.length === 0 ? undefined : Math.min(...times)
    },

    runJob(jobId, untilMs, faults) {
      const ran = runSlices({ session, pipeline, untilMs, faults }, jobId)
      const now = () => describe(getSystemJob(connection, jobId))
      return ran instanceof Promise ? ran.then(now) : now()
    },

    beginBatch(jobId) {
      const row = begin(jobId)
      return { job: describeCascade(row), attempt: tryOf(row, row.first_item + row.position + 1) }
    },

    holdBatch(jobId) {
      if (getSystemJob(connection, jobId).kind !== 'cascade') return false
      const row = begin(jobId)
      if (statusOf(row) !== 'In Progress') return false
      holdBatch(batchContext(session, pipeline), row)
      return true
    },
    heldRecords: (jobId, records) => heldRecords(batchContext(session, pipeline), cascadeOf(jobId), records),
    runHeld: (jobId, before, faults) => describeCascade(runHeld(batchContext(session, pipeline, { faults }), cascadeOf(jobId), before)),

    resumeJob: (jobId, caller) => moveByHand(jobId, caller, 'Waiting', jobText.resumed, 'resume'),
    reexecuteJob: (jobId, caller) => moveByHand(jobId, caller, 'Waiting', jobText.executedAgain, 'reexecute'),
    cancelJob: (jobId, caller) => moveByHand(jobId, caller, 'Cancelled', jobText.cancelled),

    findNotifications: (after) => systemJobStatements(connection).notifications.all(after),

    addJobMessage(jobId, text) {
      connection.write(() =>
        addJobMessage(connection, getSystemJob(connection, jobId).number, { atMs: options.now(), level: 'warning', code: null, text }),
      )
    },

    recoverJobs() {
      return systemJobStatements(connection)
        .underWay.all()
        .map((row) => {
          connection.write(() => jobKindOf(row).recover(session, row))
          return describeNow(row)
        })
    },
  }

  /** Makes a move that somebody asks for, with what the job's kind does along with it. */
  function moveByHand(jobId: string, caller: string, to: JobStatus, says: typeof jobText.resumed, along?: 'resume' | 'reexecute'): Job {
    return connection.write(() => {
      const row = getSystemJob(connection, jobId)
      const by = session.caller(caller)
      checkPaused(row, to)
      const { byHand } = jobKindOf(row)
      const progress = byHand?.progress(session, row) ?? { done: 0, total: 0 }
      moveJob(connection, row, to, options.now())
      if (along) byHand?.[along](session, row)
      addJobMessage(connection, row.number, {
        atMs: options.now(),
        level: 'information',
        code: null,
        text: says({ user: by.name, ...progress }),
      })
      return describeNow(row)
    })
  }
}
