import type { CascadeRequest, PlanAction } from '../../contract/cascades.ts'
import { isRecordFailure } from '../../contract/errors.ts'
import { asLeft } from '../../operations/apply-plan.ts'
import { applyRecord } from '../../operations/apply-record.ts'
import { checkSetRights } from '../../operations/authorize-plan.ts'
import type { CascadeScope, OperationContext } from '../../operations/context.ts'
import { kindOf } from '../../operations/kinds/kind-of.ts'
import type { OperationFrame, PositionedSet } from '../../operations/kinds/operation-kind.ts'
import { newBudget } from '../../pipeline/call.ts'
import type { Pipeline } from '../../pipeline/pipeline.ts'
import { Images } from '../../pipeline/pipeline.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { cascadeJobStatements, getCascadeJob } from '../../store/cascade-jobs.ts'
import { systemJobStatements } from '../../store/system-jobs.ts'
import { tryOf } from '../retry-policy.ts'
import { statusOf } from '../states.ts'
import type { BatchContext } from './batch-context.ts'
import type { BatchRun } from './batch-run.ts'
import { nextBatch } from './batch-run.ts'
import { closeRange } from './close-range.ts'
import { jobOperation, requestContextOfJob } from './job-operation.ts'
import { checkHeld, faultOf, notePassedOver, startOf } from './process-range.ts'
import { runSets } from './run-sets.ts'
import { unitsOf } from './units.ts'

type Prepared = ReturnType<typeof jobOperation>

/**
 * Runs a range with records on which steps listen. Each such record has its own transaction, with its steps and the job's position.
 * The records of the whole batch are held meanwhile. Source: dataverse reference, section 2.5.
 */
export function runRecords(run: BatchRun): CascadeJobRow {
  const { context, range } = run
  const { pipeline } = context
  if (faultOf(run)) return runTogether(run)
  holdRecords(run)
  let prepared: Prepared | undefined
  const { stepsVersion } = pipeline
  for (const unit of unitsOf(run)) {
    const part = run.part(unit.first, unit.last, pipeline.session.options.now())
    try {
      if (unit.record) prepared = runRecord(part, prepared, unit.record, stepsVersion)
      else runTogether(part, () => checkSteps(pipeline, stepsVersion))
    } catch (error) {
      if (error instanceof StepsChanged) return runRecords(run.part(unit.first, range.last))
      throw error
    }
    run.job = part.job
    if (statusOf(run.job) !== 'In Progress') return run.job
    if (unit.last !== range.last && context.untilMs !== undefined && pipeline.session.options.now() > context.untilMs) return run.job
  }
  return run.job
}

/**
 * Runs records on which no step listens in one transaction. If one of them fails although every check passed, as under children that steps
 * keep making, nothing of it stays, and the records run one by one: the failure is then that of one record.
 */
export function runTogether(run: BatchRun, check: () => void = () => undefined): CascadeJobRow {
  const { pipeline } = run.context
  try {
    return pipeline.transact(() => {
      checkUnderWay(run)
      check()
      return runSets(run)
    })
  } catch (error) {
    if (!isRecordFailure(error)) throw error
    run.reread()
    return runApart(run)
  }
}

function runApart(run: BatchRun): CascadeJobRow {
  const { pipeline } = run.context
  holdRecords(run)
  for (const { first, last, record } of unitsOf(run, { apart: true })) {
    if (!record) continue
    const part = run.part(first, last, pipeline.session.options.now())
    runRecord(part, undefined, record)
    run.job = part.job
    if (statusOf(run.job) !== 'In Progress') break
  }
  return run.job
}

/** Holds the records of the whole batch, unless an earlier part of it did. */
function holdRecords(run: BatchRun): void {
  const { context, job } = run
  const { connection, settings } = context
  if (job.hold_first !== null) return
  const { first, last } = nextBatch(job, settings.batchSize)
  connection.write(() => cascadeJobStatements(connection).beginBatch.run({ number: job.number, first: job.batch_first ?? first, last }))
  run.reread()
}

/** Thrown when the registered steps have changed between two transactions. */
class StepsChanged extends Error {}

/** Thrown when somebody has paused the job between two transactions. */
export class JobStopped extends Error {}

/** Checks inside a transaction that the job was not paused by hand since the last one. @throws JobStopped */
function checkUnderWay({ context: { connection }, job }: BatchRun): void {
  const now = systemJobStatements(connection).byNumber.get(job.number)
  if (!now || statusOf(now) !== 'In Progress') throw new JobStopped()
}

function checkSteps(pipeline: Pipeline, version: number | undefined): void {
  if (version !== undefined && pipeline.stepsVersion !== version) throw new StepsChanged()
}

/**
 * Runs one record: all of it, with its steps and the job's position, or nothing but the log and the failure. Returns the operation for the
 * records that follow.
 * @throws StepsChanged if the registered steps are no longer those of the given version
 */
function runRecord(run: BatchRun, known: Prepared | undefined, record: PositionedSet, stepsVersion?: number): Prepared | undefined {
  const { context, job, range, ends } = run
  const { connection, pipeline } = context
  let prepared = known
  try {
    pipeline.transact(() => {
      checkUnderWay(run)
      checkSteps(pipeline, stepsVersion)
      prepared ??= jobOperation(context, job)
      processRecord(run, prepared, record)
      closeRange(run, undefined)
    })
  } catch (error) {
    if (!isRecordFailure(error)) throw error
    connection.write(() => closeRange(run, { item: range.first, error }))
    run.reread()
    return undefined
  }
  // Nothing of the row but the position has changed where no batch ended and no failure was got over. The root's steps may have changed the request.
  const isRoot = isTheRoot(job, record)
  if (!ends && !isRoot && job.failing_item === null) run.job = { ...job, position: range.last - job.first_item }
  else run.reread()
  return isRoot ? undefined : prepared
}

/** Returns whether a record is the one root of a job, whose steps see and may change the request. */
const isTheRoot = ({ operation }: CascadeJobRow, { relationship }: PositionedSet): boolean =>
  relationship === null && kindOf(operation).origins === null

/** Processes one record. @throws the error that makes the record fail */
function processRecord(run: BatchRun, prepared: Prepared, set: PositionedSet): void {
  const { context, job, range } = run
  const { settings, nowMs } = context
  const own = {
    job: prepared.operation.call.job && { ...prepared.operation.call.job, attempt: tryOf(job, range.first) },
    budget: newBudget(settings.pluginTimeoutSeconds),
  }
  const operation: OperationContext = {
    ...prepared.operation,
    nowMs,
    call: { ...prepared.operation.call, ...own },
    change: { ...prepared.operation.change, nowMs },
  }
  const isRoot = isTheRoot(job, set)
  const scope: CascadeScope = { ...prepared.scope, below: { ...prepared.scope.below, ...own } }
  const failure =
    checkHeld(operation, run, set) ??
    checkSetRights(operation, set) ??
    operation.kind.checkRecord(operation, prepared.scope, set, startOf(run))
  if (failure) throw failure.error
  Object.assign(scope.root.call, own)
  const { frame } = operation.kind
  if (frame) {
    processFramed(run, operation, frame, scope, set)
    return
  }
  const done = applyRecord(operation, scope, recordOf(set, set.action, isRoot))
  if (!done && set.action !== 'unlink') notePassedOver(operation, job, 1)
  if (!isRoot) return
  keepRequestContext(context, job, scope)
  keepRequest(context, job, scope)
}

/** Processes a record of a framed operation: the root message's PreOperation comes with its first record, PostOperation with its last. */
function processFramed(
  { job, range }: BatchRun,
  operation: OperationContext,
  frame: OperationFrame,
  scope: CascadeScope,
  set: PositionedSet,
): void {
  const { pipeline } = operation
  let left = operation
  if (set.relationship === null) {
    const images = new Images(pipeline, scope.root)
    pipeline.before(scope.root, images)
    left = asLeft(operation, scope.root)
    keepRequestContext(operation, job, scope, images)
    keepRequest(operation, job, scope)
    frame.begin(left, scope)
  } else if (!applyRecord(operation, scope, recordOf(set, set.action, false)) && set.action === 'move') notePassedOver(operation, job, 1)
  if (range.last !== range.end) return
  frame.end(left, scope)
  pipeline.after(
    scope.root,
    new Images(pipeline, scope.root, requestContextOfJob(getCascadeJob(operation.connection, job.number)).preImages),
  )
}

const recordOf = ({ table, relationship, rowNumbers, children }: PositionedSet, action: PlanAction, isRoot: boolean) => {
  const [row = 0] = rowNumbers()
  return { table, action, isRoot, relationship, row, parent: children()[0]?.parent ?? null }
}

/** Stores the request as the root's steps have left it, for all records that follow. */
function keepRequest({ connection }: Pick<BatchContext, 'connection'>, job: CascadeJobRow, { root }: CascadeScope): void {
  const request = JSON.stringify(kindOf(job.operation).asLeft(JSON.parse(job.request) as CascadeRequest, root))
  if (request !== job.request) cascadeJobStatements(connection).setRequest.run(request, job.number)
}

/** Stores the shared variables of the root's steps, for later stages and for steps on other records. */
function keepRequestContext(
  { connection }: Pick<BatchContext, 'connection'>,
  job: CascadeJobRow,
  { root }: CascadeScope,
  images?: Images,
): void {
  const { message } = requestContextOfJob(job)
  const sharedVariables = Object.fromEntries(root.messages.map(({ name, shared }) => [name, JSON.parse(shared) as unknown]))
  const event = JSON.stringify({ ...(message ? { message } : {}), sharedVariables, ...(images ? { preImages: images.kept() } : {}) })
  if (event !== job.event) cascadeJobStatements(connection).setEvent.run(event, job.number)
}
