import type { PlanAction } from '../../contract/cascades.ts'
import { isRecordFailure } from '../../contract/errors.ts'
import { applyRecord } from '../../operations/apply-record.ts'
import type { CascadeScope, OperationContext } from '../../operations/context.ts'
import type { OperationFrame, PositionedSet } from '../../operations/kinds/operation-kind.ts'
import { newBudget } from '../../pipeline/call.ts'
import type { Pipeline } from '../../pipeline/pipeline.ts'
import { Images } from '../../pipeline/pipeline.ts'
import type { JobRow } from '../../store/jobs.ts'
import { jobStatements } from '../../store/jobs.ts'
import { statusOf } from '../states.ts'
import type { BatchRange } from './batch.ts'
import type { BatchContext } from './batch-context.ts'
import { nextBatch, readJob } from './batch-context.ts'
import { closeRange } from './close-range.ts'
import { jobOperation, seedOfJob } from './job-operation.ts'
import { checkHeld, faultOf, notePassedOver, startOf } from './process-range.ts'
import { runSets } from './run-sets.ts'
import { unitsOf } from './units.ts'

type Prepared = ReturnType<typeof jobOperation>

/**
 * Runs a range with records on which steps listen. Each such record has its own transaction, with its steps and the job's position.
 * The records of the whole batch are held meanwhile. Source: dataverse reference, section 2.5.
 */
export function runRecords(context: BatchContext, job: JobRow, range: BatchRange, ends: boolean): JobRow {
  const { connection, pipeline, settings } = context
  const fault = faultOf(context, job, range)
  if (fault) return pipeline.transact(() => runSets(context, job, range, ends))
  let now = job
  if (job.hold_first === null) {
    const { first, last } = nextBatch(job, settings.batchSize)
    connection.write(() => jobStatements(connection).beginBatch.run({ number: job.number, first: job.batch_first ?? first, last }))
    now = readJob(context, job.number)
  }
  let prepared: Prepared | undefined
  const { stepsVersion } = pipeline
  for (const unit of unitsOf(context, now, range)) {
    const isLast = unit.last === range.last
    const part = { ...range, first: unit.first, last: unit.last }
    try {
      if (unit.record) {
        const result = runRecord(context, now, prepared, unit.record, part, ends && isLast, stepsVersion)
        now = result.job
        prepared = result.prepared
      } else {
        const sets = now
        now = pipeline.transact(() => {
          checkSteps(pipeline, stepsVersion)
          return runSets(context, sets, part, ends && isLast)
        })
      }
    } catch (error) {
      if (error instanceof StepsChanged) return runRecords(context, now, { ...range, first: unit.first }, ends)
      throw error
    }
    if (statusOf(now) !== 'In Progress') return now
    if (!isLast && context.untilMs !== undefined && pipeline.session.options.now() > context.untilMs) return now
  }
  return now
}

/** Thrown when the registered steps have changed between two transactions. */
class StepsChanged extends Error {}

function checkSteps(pipeline: Pipeline, version: number): void {
  if (pipeline.stepsVersion !== version) throw new StepsChanged()
}

/** Runs one record with its steps and stores the job's position, in one transaction. On failure, stores only the log and the failure. */
function runRecord(
  context: BatchContext,
  job: JobRow,
  known: Prepared | undefined,
  record: PositionedSet,
  range: BatchRange,
  ends: boolean,
  stepsVersion: number,
): { job: JobRow; prepared: Prepared | undefined } {
  const { connection, pipeline } = context
  const nowMs = pipeline.session.options.now()
  const at = { ...context, nowMs }
  let prepared = known
  try {
    pipeline.transact(() => {
      checkSteps(pipeline, stepsVersion)
      prepared ??= jobOperation(at, job)
      processRecord(at, job, prepared, record, range)
      closeRange(at, job, range, undefined, ends)
    })
  } catch (error) {
    if (!isRecordFailure(error)) throw error
    connection.write(() => closeRange(at, job, range, { item: range.first, error }, ends))
    return { job: readJob(context, job.number), prepared: undefined }
  }
  const isPlain = !ends && job.failing_item === null
  return { job: isPlain ? { ...job, position: range.last - job.first_item } : readJob(context, job.number), prepared }
}

/** Processes one record. @throws the error that makes the record fail */
function processRecord(context: BatchContext, job: JobRow, prepared: Prepared, set: PositionedSet, range: BatchRange): void {
  const { settings, nowMs } = context
  const attempt = job.failing_item === range.first ? job.attempts + 1 : 1
  const own = {
    job: prepared.operation.call.job && { ...prepared.operation.call.job, attempt },
    budget: newBudget(settings.pluginTimeoutSeconds),
  }
  const operation: OperationContext = {
    ...prepared.operation,
    nowMs,
    call: { ...prepared.operation.call, ...own },
    change: { ...prepared.operation.change, nowMs },
  }
  const isRoot = set.relationship === null
  const scope: CascadeScope = { ...prepared.scope, below: { ...prepared.scope.below, ...own } }
  const failure =
    checkHeld(operation, context.heldPlan, job, set) ?? operation.kind.checkRecord(operation, prepared.scope, set, startOf(job, range))
  if (failure) throw failure.error
  Object.assign(scope.root.call, own)
  const { frame } = operation.kind
  if (frame) {
    processFramed(operation, frame, scope, job, set, range)
    return
  }
  const done = applyRecord(operation, scope, recordOf(set, set.action, isRoot))
  if (!done && set.action !== 'unlink') notePassedOver(operation, job, 1)
  if (isRoot) keepSeed(context, job, scope)
}

/** Processes a record of a framed operation: the root message's PreOperation comes with its first record, PostOperation with its last. */
function processFramed(
  operation: OperationContext,
  frame: OperationFrame,
  scope: CascadeScope,
  job: JobRow,
  set: PositionedSet,
  range: BatchRange,
): void {
  const { pipeline } = operation
  if (set.relationship === null) {
    const images = new Images(pipeline, scope.root)
    pipeline.before(scope.root, images)
    keepSeed(operation, job, scope, images)
    frame.begin(operation, scope)
  } else if (!applyRecord(operation, scope, recordOf(set, set.action, false)) && set.action === 'move') notePassedOver(operation, job, 1)
  if (range.last !== range.end) return
  frame.end(operation, scope)
  pipeline.after(scope.root, new Images(pipeline, scope.root, seedOfJob(readJob(operation, job.number)).preImages))
}

const recordOf = ({ table, relationship, rowNumbers, children }: PositionedSet, action: PlanAction, isRoot: boolean) => {
  const [row = 0] = rowNumbers()
  return { table, action, isRoot, relationship, row, parent: children()[0]?.parent ?? null }
}

/** Stores the shared variables of the root's steps, for later stages and for steps on other records. */
function keepSeed({ connection }: Pick<BatchContext, 'connection'>, job: JobRow, { root }: CascadeScope, images?: Images): void {
  const { message } = seedOfJob(job)
  const sharedVariables = Object.fromEntries(root.messages.map(({ name, shared }) => [name, JSON.parse(shared) as unknown]))
  const event = JSON.stringify({ ...(message ? { message } : {}), sharedVariables, ...(images ? { preImages: images.kept() } : {}) })
  if (event !== job.event) jobStatements(connection).setEvent.run(event, job.number)
}
