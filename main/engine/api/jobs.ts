import { jobText } from '#text/english/jobs'
import { securityText } from '#text/english/security'
import type { Message } from '#text/message'
import type { ExecuteOptions, JobFaults, JobsAmong, Notification } from '../contract/engine.ts'
import type { ErrorData } from '../contract/errors.ts'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { CascadeJob, Job, JobDetails, JobKindName, JobPage, JobQuery, JobStatus } from '../contract/jobs.ts'
import { JOB_KINDS } from '../contract/jobs.ts'
import type { RecordRef } from '../contract/records.ts'
import { batchContext } from '../jobs/cascade/batch-context.ts'
import { beginCascadeJob } from '../jobs/cascade/cascade-kind.ts'
import { createCascadeJob } from '../jobs/cascade/create-cascade-job.ts'
import { describeCascadeJob } from '../jobs/cascade/describe-cascade-job.ts'
import { heldRecords, holdBatch, runHeld } from '../jobs/cascade/held-batch.ts'
import { prepareJob } from '../jobs/cascade/prepare-job.ts'
import { describeDamagedJob } from '../jobs/describe-damaged-job.ts'
import { haltJob } from '../jobs/halt-job.ts'
import { asSentence } from '../jobs/job-error.ts'
import { jobKindOf } from '../jobs/kinds.ts'
import { tryOf } from '../jobs/retry-policy.ts'
import { runSlices } from '../jobs/run-job.ts'
import { checkPaused, checkStoppable, codesOf, moveJob, statusOf } from '../jobs/states.ts'
import { waitsFor } from '../jobs/waits-for.ts'
import { aboutRequest } from '../operations/about-request.ts'
import { workOf } from '../operations/context.ts'
import { checkRoot, checkRowsFree } from '../operations/holds.ts'
import { kindOf } from '../operations/kinds/kind-of.ts'
import { requestContextOf } from '../operations/request-context.ts'
import { newCall } from '../pipeline/call.ts'
import type { Session } from '../session/session.ts'
import { insertAccessJob } from '../store/access-jobs.ts'
import { rightsOf } from '../store/caller-rights.ts'
import type { CascadeJobRow } from '../store/cascade-jobs.ts'
import { getCascadeJob } from '../store/cascade-jobs.ts'
import type { Connection } from '../store/connection.ts'
import { guidToBytes } from '../store/guid.ts'
import { makeKnownTo } from '../store/known-to.ts'
import type { OwnerRow } from '../store/owners.ts'
import type { SystemJobRow } from '../store/system-jobs.ts'
import {
  addJobMessage,
  checkJobKind,
  countSystemJobs,
  findJobMessages,
  findSystemJobs,
  getSystemJob,
  insertSystemJob,
  nextDueMs,
  nextSystemJob,
  systemJobStatements,
} from '../store/system-jobs.ts'
import { refuse, updateTogether } from './cascades.ts'
import { type EngineContext, method, type UserContext, userMethod } from './method.ts'

/** Jobs that cannot be read are passed over, but not without end. */
const MOST_DAMAGED = 1_000

/** The most jobs that one page lists. */
const MOST_JOBS = 1_000

/** System jobs of all kinds as users see and move them: one list, one table of states. What is special to a kind is asked of it. */
export const jobMethods = {
  /** Returns a page of jobs, newest first. @throws INPUT_INVALID, RECORD_NOT_FOUND for an unknown `before` */
  findJobs: userMethod({
    where: 'main',
    run({ session }, { kind, status, before, limit }: JobQuery): JobPage {
      const { connection } = session
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST_JOBS) throw inputInvalid(jobText.pageOfJobs, { limit })
      const statuscode = status === undefined ? undefined : codesOf(status).statuscode
      return connection.read(() => {
        const from = before === undefined ? undefined : getSystemJob(connection, before).number
        const rows = findSystemJobs(connection, { kind, statuscode, before: from, limit })
        return { jobs: rows.map((row) => describeInList(session, row)), total: countSystemJobs(connection, { kind, statuscode }) }
      })
    },
  }),

  getJob: userMethod({
    where: 'main',
    run({ session }, jobId: string): JobDetails {
      const row = getSystemJob(session.connection, jobId)
      const messages = findJobMessages(session.connection, row.number)
      const job = describe(session, row)
      const failedRecords = jobKindOf(row).failedRecords?.(session.connection, session.model, row) ?? []
      return { job, failedRecords, messages, waitsFor: waitsFor(session, row) }
    },
  }),

  /** Creates the job's row for a kept plan; its items follow with the first `runJob`, or at once with `prepareJob`. */
  createJob: userMethod({
    where: 'interactive',
    run({ session, pipeline, plans, caller }, planId: string, given: ExecuteOptions = {}): CascadeJob {
      const { connection, options } = session
      const { plan, preview, request } = plans.get(planId)
      const { operation, table, root } = plan.request
      const kind = kindOf(operation)
      const call = newCall(session, caller, given.requestContext)
      const create = () => {
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
        return describeCascadeJob(connection, session.model, row)
      }
      return aboutRequest(session, request, () => {
        refuse(preview)
        if (preview.nothingToDo) throw inputInvalid(jobText.nothingToDo, { planId })
        checkRoot(connection, operation, table.definition.logicalName, root)
        checkRowsFree(session, table, kind.rows(plan.request))
        return pipeline.transact(create)
      })
    },
  }),

  /**
   * Creates the job that takes away what rows inherit along a relationship whose Share or Reparent was switched off.
   * @throws INPUT_INVALID for an unknown relationship
   */
  createAccessJob: userMethod({
    where: 'main',
    run({ session, caller }, relationship: string): Job {
      const { connection, options, model } = session
      const { schemaName } = model.relationship(relationship).definition
      return connection.write(() => {
        const number = insertSystemJob(connection, {
          guid: guidToBytes(options.newId()),
          kind: 'access',
          name: `Revoke Inherited Access:[${schemaName}]`,
          operationtype: 96,
          createdon: options.now(),
          createdby: caller.row,
          ownerid: caller.row,
          owningbusinessunit: caller.businessUnit,
          regardingobjectid: null,
          regarding_guid: null,
          regarding_name: null,
          primaryentitytype: null,
          messagename: 'CreateAsyncJobToRevokeInheritedAccess',
          depth: 1,
          correlationid: guidToBytes(options.newId()),
          requestid: guidToBytes(options.newId()),
        })
        insertAccessJob(connection, number, schemaName)
        return describeNow(session, { number })
      })
    },
  }),

  /** Pauses a job that waits, or a cascade between two batches. @throws JOB_MOVE_REFUSED for any other */
  pauseJob: userMethod({ where: 'main', run: (context, jobId: string) => moveByHand(context, jobId, 'Paused', jobText.pausedBy) }),

  /** Resumes a paused job where it stopped, and resets its attempts. @throws JOB_MOVE_REFUSED if it is not paused */
  resumeJob: userMethod({
    where: 'main',
    run: (context, jobId: string) => moveByHand(context, jobId, 'Waiting', jobText.resumed, 'resume'),
  }),
  /** Plans a paused job again from the current data. @throws JOB_MOVE_REFUSED, or what planning throws */
  reexecuteJob: userMethod({
    where: 'main',
    run: (context, jobId: string) => moveByHand(context, jobId, 'Waiting', jobText.executedAgain, 'reexecute'),
  }),
  /** Cancels a paused job; its changes stay. @throws JOB_MOVE_REFUSED (0x80044F00) if it is not paused */
  cancelJob: userMethod({ where: 'main', run: (context, jobId: string) => moveByHand(context, jobId, 'Cancelled', jobText.cancelled) }),

  /** Returns what jobs announced after the notification with this number; 0 for all. */
  findNotifications: userMethod({
    where: 'main',
    run: ({ session }, after: number): Notification[] => systemJobStatements(session.connection).notifications.all(after),
  }),
}

/** The queue of jobs and the work on them. A job acts for the user who started it, on any thread that runs its slices. */
export const jobQueueMethods = {
  /** Returns a job as it is now, for who runs it or waits for it. */
  jobState: method({
    where: 'main',
    run: ({ session }, jobId: string): Job => describe(session, getSystemJob(session.connection, jobId)),
  }),

  /** Returns the names of the tables whose records a job changes by itself; what steps ask for comes on top. */
  jobTables: method({
    where: 'main',
    run({ session }, jobId: string): string[] {
      const row = getSystemJob(session.connection, jobId)
      return jobKindOf(row).tables(session.connection, session.model, row)
    },
  }),

  /** Writes a job's items from a kept plan, in small transactions. */
  prepareJob: method({
    where: 'interactive',
    run({ session: { connection }, plans }, jobId: string, planId: string): void {
      prepareJob(connection, cascadeOf(connection, jobId), plans.get(planId).plan)
      plans.discard(planId)
    },
  }),

  /** Returns the job to run now: the oldest that is due, of the first kind that has one. */
  nextJob: method({
    where: 'main',
    run({ session }, { kinds = JOB_KINDS, except = [] }: JobsAmong = {}): Job | undefined {
      for (const kind of kinds) {
        const job = nextOfKind(session, kind, except)
        if (job) return job
      }
      return undefined
    },
  }),

  /** Returns when the next postponed job is due; `undefined` where none is waiting. */
  nextDueMs: method({
    where: 'main',
    run({ session: { connection, held } }, { kinds = JOB_KINDS, except = [] }: JobsAmong = {}): number | undefined {
      const times = kinds.flatMap((kind) => nextDueMs(connection, kind, { except, held: held.range }) ?? [])
      return times.length === 0 ? undefined : Math.min(...times)
    },
  }),

  /**
   * Runs slices of a job until the time is up or the job is no longer In Progress; at least one, none where it had ended. Returns the job
   * as it is then: a promise only where the job's kind needs one, as asynchronous steps do.
   */
  runJob: method({
    where: 'job',
    run({ session, pipeline }, jobId: string, untilMs: number, faults?: JobFaults): Job | Promise<Job> {
      const ran = runSlices({ session, pipeline, untilMs, faults }, jobId)
      const now = () => describe(session, getSystemJob(session.connection, jobId))
      return ran instanceof Promise ? ran.then(now) : now()
    },
  }),

  /** Stops a job whose turn ended in an error that none of its records accounts for. Returns the job as it is then. */
  haltJob: method({
    where: 'job',
    run({ session }, jobId: string, error: ErrorData): Job {
      haltJob(session, jobId, error)
      return describe(session, getSystemJob(session.connection, jobId))
    },
  }),

  /** Brings a cascade's job In Progress with its items written, and says which try of its next record comes; nothing is done yet. */
  beginBatch: method({
    where: 'job',
    run(context, jobId: string): { job: CascadeJob; attempt: number } {
      const row = begin(context, jobId)
      return { job: describeCascade(context.session, row), attempt: tryOf(row, row.first_item + row.position + 1) }
    },
  }),

  /**
   * Holds the records of a job's next batch, so that other operations are refused; `runHeld` releases them. Returns whether there is a
   * batch: jobs of other kinds than cascades have none.
   */
  holdBatch: method({
    where: 'job',
    run(context, jobId: string): boolean {
      const { session, pipeline } = context
      if (getSystemJob(session.connection, jobId).kind !== 'cascade') return false
      const row = begin(context, jobId)
      if (statusOf(row) !== 'In Progress') return false
      holdBatch(batchContext(session, pipeline), row)
      return true
    },
  }),

  /** Returns those of these records that are in the held batch and not processed yet, in the order of processing. */
  heldRecords: method({
    where: 'job',
    run: ({ session, pipeline }, jobId: string, records: RecordRef[]): RecordRef[] =>
      heldRecords(batchContext(session, pipeline), cascadeOf(session.connection, jobId), records),
  }),

  /** Runs the held batch to its end, or only to the record before this one. */
  runHeld: method({
    where: 'job',
    run: ({ session, pipeline }, jobId: string, before?: RecordRef, faults?: JobFaults): CascadeJob =>
      describeCascade(session, runHeld(batchContext(session, pipeline, { faults }), cascadeOf(session.connection, jobId), before)),
  }),

  /** Adds a line to a job's messages about an action from outside. */
  addJobMessage: method({
    where: 'main',
    run: ({ session: { connection, options } }, jobId: string, text: Message): void =>
      connection.write(() =>
        addJobMessage(connection, getSystemJob(connection, jobId).number, { atMs: options.now(), level: 'warning', code: null, text }),
      ),
  }),

  /**
   * Checks that a job runs by itself, for who waits for it.
   * @throws JOB_MOVE_REFUSED if it came with a file from somebody else and the user has not let it continue
   */
  checkNotHeld: method({
    where: 'main',
    run({ session }, jobId: string): void {
      const { number, name } = getSystemJob(session.connection, jobId)
      if (!session.held.isHeld(number)) return
      throw new EngineError('JOB_MOVE_REFUSED', jobText.held({ job: name }), { hint: jobText.heldHint, details: { id: jobId } })
    },
  }),

  /** Lets the jobs continue that came with a file from somebody else. The file is known to this user from now on. */
  continueJobs: method({
    where: 'main',
    run({ session: { connection, held, options } }): void {
      if (options.agreementKey !== undefined) makeKnownTo(connection, options.agreementKey)
      held.releaseAll()
    },
  }),

  /** Sets jobs that were In Progress when the environment was closed to Waiting. Returns them. */
  recoverJobs: method({
    where: 'main',
    run({ session, session: { connection } }): Job[] {
      return systemJobStatements(connection)
        .underWay.all()
        .flatMap((row) => (isReadable(session, row) && !session.held.isHeld(row.number) ? recover(session, row) : []))
    },
  }),
}

/** @throws ENVIRONMENT_UNUSABLE if the job's row cannot be read */
function describe({ connection, model }: Session, row: SystemJobRow): Job {
  checkJobKind(connection, row)
  return jobKindOf(row).describe(connection, model, row)
}

/** Describes a job among others: one whose row cannot be read hides none of them. */
const describeInList = (session: Session, row: SystemJobRow): Job =>
  readOr(
    () => describe(session, row),
    (error) => describeDamagedJob(row, error),
  )

const isReadable = (session: Session, row: SystemJobRow): boolean =>
  readOr(
    () => describe(session, row) !== undefined,
    () => false,
  )

/** Returns what is read, or something else where the file holds what cannot be read. */
function readOr<T>(read: () => T, otherwise: (error: EngineError) => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ENVIRONMENT_UNUSABLE') return otherwise(error)
    throw error
  }
}

/** Returns the next job of a kind, passing over those whose rows cannot be read. */
function nextOfKind(session: Session, kind: JobKindName, except: readonly string[]): Job | undefined {
  for (let after = 0, passed = 0; passed < MOST_DAMAGED; passed++) {
    const row = nextSystemJob(session.connection, kind, { nowMs: session.options.now(), except, held: session.held.range, after })
    if (!row) return undefined
    const job = readOr(
      () => describe(session, row),
      () => undefined,
    )
    if (job) return job
    after = row.number
  }
  return undefined
}

function recover(session: Session, row: SystemJobRow): Job {
  session.connection.write(() => jobKindOf(row).recover(session, row))
  return describeNow(session, row)
}

const describeNow = (session: Session, { number }: { number: number }): Job =>
  describe(session, systemJobStatements(session.connection).byNumber.get(number) as SystemJobRow)

const describeCascade = ({ connection, model }: Session, row: CascadeJobRow): CascadeJob => describeCascadeJob(connection, model, row)

const cascadeOf = (connection: Connection, jobId: string): CascadeJobRow =>
  getCascadeJob(connection, getSystemJob(connection, jobId).number)

function begin({ session, pipeline }: EngineContext, jobId: string): CascadeJobRow {
  beginCascadeJob({ session, pipeline }, getSystemJob(session.connection, jobId))
  return cascadeOf(session.connection, jobId)
}

/** Makes a move that somebody asks for, with what the job's kind does along with it. */
function moveByHand(
  { session, caller }: UserContext,
  jobId: string,
  to: JobStatus,
  says: typeof jobText.resumed,
  along?: 'resume' | 'reexecute',
): Job {
  const { connection, options } = session
  return connection.write(() => {
    const row = getSystemJob(connection, jobId)
    checkMayMove(connection, caller, row)
    const { byHand, release } = jobKindOf(row)
    if (to === 'Paused') checkStoppable(row, byHand !== undefined)
    else checkPaused(row, to)
    const progress = byHand?.progress(session, row) ?? { done: 0, total: 0 }
    if (to === 'Paused') release?.(session, row)
    moveJob(connection, row, to, options.now())
    session.held.release(row.number)
    if (along) byHand?.[along](session, row)
    addJobMessage(connection, row.number, {
      atMs: options.now(),
      level: 'information',
      code: null,
      text: says({ user: caller.name, ...progress }),
    })
    return describeNow(session, row)
  })
}

/**
 * Checks that somebody may move a job by hand: who created it, and administrators.
 * @throws CASCADE_REFUSED with 0x80048306
 */
function checkMayMove(connection: Connection, caller: OwnerRow, job: SystemJobRow): void {
  if (job.createdby === caller.row || rightsOf(connection, caller).holdsEverything) return
  throw new EngineError('CASCADE_REFUSED', securityText.otherJob({ user: caller.name, job: job.name }), {
    platform: 'unManagedIdsAccessDenied',
    hint: securityText.otherJobHint,
    details: { user: caller.id, job: job.name },
  })
}
