import { jobText } from '#text/english/jobs'
import { withPlan } from '../../cascade/plan.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import { isRecordFailure } from '../../contract/errors.ts'
import type { JobStatus } from '../../contract/jobs.ts'
import { kindOf } from '../../operations/kinds/kind-of.ts'
import type { Session } from '../../session/session.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { cascadeJobStatements, checkCascadeJob, getCascadeJob } from '../../store/cascade-jobs.ts'
import { jobItemStatements } from '../../store/job-items.ts'
import type { SystemJobRow } from '../../store/system-jobs.ts'
import { addJobMessage, systemJobStatements } from '../../store/system-jobs.ts'
import { recordIn } from '../describe-job.ts'
import type { JobKind, JobWork, SliceEnd } from '../job-kind.ts'
import { moveJob, statusOf } from '../states.ts'
import { batchContext } from './batch-context.ts'
import { BatchRun } from './batch-run.ts'
import { describeCascadeJob } from './describe-cascade-job.ts'
import { failJob } from './failures.ts'
import { prepareJob } from './prepare-job.ts'
import { runRange } from './run-batch.ts'

const ENDS: Record<JobStatus, SliceEnd> = {
  'In Progress': 'advanced',
  Waiting: 'retry',
  Paused: 'paused',
  Completed: 'done',
  Failed: 'done',
  Cancelled: 'done',
}

/** Cascades over many records: a plan that is written down as items, and a position in it that moves batch by batch. */
export const cascadeKind: JobKind = {
  prepare: beginCascadeJob,

  runSlice({ session, pipeline, faults, untilMs }, { number }) {
    const context = batchContext(session, pipeline, { faults, untilMs })
    return ENDS[statusOf(runRange(BatchRun.next(context, getCascadeJob(session.connection, number))))]
  },

  recover({ connection, options }, job) {
    moveJob(connection, job, 'Waiting', options.now())
    cascadeJobStatements(connection).letGo.run(job.number)
    const { position } = getCascadeJob(connection, job.number)
    addJobMessage(connection, job.number, {
      atMs: options.now(),
      level: 'information',
      code: null,
      text: jobText.continuesAfter({ position }),
    })
  },

  release({ connection }, job) {
    cascadeJobStatements(connection).letGo.run(job.number)
  },

  describe: (connection, model, job) => describeCascadeJob(connection, model, checkCascadeJob(connection, job.number)),

  failedRecords(connection, _model, job) {
    const { failed } = getCascadeJob(connection, job.number)
    return cascadeJobStatements(connection)
      .failedRecords.all(job.number, failed)
      .flatMap(({ record }) => recordIn(record) ?? [])
  },

  tables(connection, model, job) {
    const groups = jobItemStatements(connection).groups.all(job.number)
    const tables = groups.map(({ table_number }) => model.tableByNumber(table_number).definition.logicalName)
    return [...new Set([...(job.primaryentitytype === null ? [] : [job.primaryentitytype]), ...tables])]
  },

  byHand: {
    resume: startAfresh,
    reexecute(session, job) {
      resolve(session, getCascadeJob(session.connection, job.number))
      startAfresh(session, job)
      cascadeJobStatements(session.connection).restartPlan.run(job.number)
    },
    progress({ connection }, job) {
      const { position, total } = getCascadeJob(connection, job.number)
      return { done: position, total }
    },
  },
}

/** Finds the records of a job's request as if it were made now. @throws as `OperationKind.resolve` does */
const resolve = ({ connection, model }: Session, { operation, request }: CascadeJobRow) =>
  kindOf(operation).resolve(connection, model, JSON.parse(request) as CascadeRequest)

function startAfresh({ connection }: Session, { number }: SystemJobRow): void {
  systemJobStatements(connection).postpone.run(null, number)
  cascadeJobStatements(connection).startAfresh.run(number)
}

/** Brings a job In Progress, with its items complete: one that was interrupted before it had them is planned again. */
export function beginCascadeJob({ session, pipeline }: Omit<JobWork, 'untilMs'>, job: SystemJobRow): void {
  const { connection, options } = session
  checkCascadeJob(connection, job.number)
  if (statusOf(job) !== 'In Progress') connection.write(() => moveJob(connection, job, 'In Progress', options.now()))
  const begun = getCascadeJob(connection, job.number)
  if (begun.planned === 1) return
  try {
    withPlan(connection, session.model, kindOf(begun.operation), resolve(session, begun), (plan) => prepareJob(connection, begun, plan))
  } catch (error) {
    if (!isRecordFailure(error)) throw error
    connection.write(() => failJob(batchContext(session, pipeline), begun, error))
  }
}
