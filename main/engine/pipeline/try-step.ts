import { pipelineText } from '#text/english/pipeline'
import { EngineError, inputInvalid, isRecordFailure } from '../contract/errors.ts'
import type { RecordRef, RecordRow } from '../contract/records.ts'
import type { StepRunDetails, StepTrial } from '../contract/trace.ts'
import type { RegisteredStep } from '../plugins/registry.ts'
import { getStepRunDetails } from '../plugins/step-run-details.ts'
import { findRunTree } from '../store/find-step-runs.ts'
import { getRecord } from '../store/records.ts'
import { findRow } from '../store/rows.ts'
import { insertRuns, lastRunNumber } from '../store/step-runs.ts'
import { getSystemJob } from '../store/system-jobs.ts'
import type { Call } from './call.ts'
import { notAgreed } from './failures.ts'
import type { Pipeline } from './pipeline.ts'
import { Images } from './pipeline.ts'
import { RaisedMessage, RecordEvent } from './record-event.ts'
import { runStep } from './run-step.ts'

/**
 * Runs a step again with its logged input, on the current record, and rolls everything back, including the log.
 * @throws RECORD_NOT_FOUND for a run that was not kept, INPUT_INVALID if the step or the record no longer exists
 */
export function tryStep(pipeline: Pipeline, run: number, call: Call): StepTrial {
  const { connection } = pipeline.session
  const original = getStepRunDetails(connection, pipeline.session.model, run)
  const step = currentStep(pipeline, original)
  connection.begin()
  try {
    return tryWithin(pipeline, original, step, call)
  } finally {
    connection.rollback()
  }
}

function tryWithin(pipeline: Pipeline, original: StepRunDetails, step: RegisteredStep, call: Call): StepTrial {
  const { connection, model } = pipeline.session
  const { record } = original.run
  const before = record && rowOf(pipeline, record)
  if (record && !before)
    throw inputInvalid(pipelineText.recordGone({ table: record.table, record: record.name ?? record.id }), {
      record,
    })
  const first = lastRunNumber(connection) + 1
  try {
    runOn(pipeline, original, step, call)
  } catch (error) {
    if (!isRecordFailure(error)) throw error
  }
  const after = record && rowOf(pipeline, record)
  insertRuns(connection, pipeline.log.take())
  return {
    runs: findRunTree(connection, model, first),
    details: getStepRunDetails(connection, model, first),
    changes: changesBetween(before, after),
  }
}

function runOn(pipeline: Pipeline, { run, input, preImage }: StepRunDetails, step: RegisteredStep, caller: Call): void {
  const { connection, model } = pipeline.session
  const table = run.record ? model.table(run.record.table) : null
  const row = table && run.record ? (findRow(connection, table, run.record.id) ?? null) : null
  const message = new RaisedMessage(run.message, input.inputParameters, input.sharedVariables)
  const record = run.record && { table: run.record.table, id: run.record.id }
  const { parentContext } = input
  const call: Call = {
    ...caller,
    depth: run.depth,
    job: run.job && { ...run.job, number: getSystemJob(connection, run.job.id).number },
    parent: parentContext ? () => JSON.stringify(parentContext) : null,
  }
  const event = new RecordEvent({ call, table, row, record, messages: [message], columns: input.target as RecordEvent['columns'] })
  const known =
    preImage && step.preImage !== null ? { [step.preImage === true ? '*' : step.preImage.join(' ')]: JSON.stringify(preImage) } : {}
  runStep(pipeline, event, message, step, new Images(pipeline, event, known))
}

function currentStep({ session }: Pipeline, { run }: StepRunDetails): RegisteredStep {
  const owner = session.registry.plugins.find(({ name }) => name === run.plugin)
  const alike = owner?.steps.filter(({ message, stage, mode }) => message === run.message && stage === run.stage && mode === run.mode) ?? []
  const step = alike.find(({ number }) => number === run.step) ?? alike[0]
  if (!owner || !step) throw inputInvalid(pipelineText.stepGone({ plugin: run.plugin }), { plugin: run.plugin, step: run.step })
  if (step.mode === 'Async')
    throw new EngineError('NOT_SUPPORTED', pipelineText.noTransaction, {
      hint: pipelineText.noTransactionHint,
    })
  if (!session.isAgreed(owner)) throw notAgreed(owner.name)
  return { ...step, owner }
}

function rowOf({ session }: Pipeline, { table, id }: RecordRef): RecordRow | null {
  const found = findRow(session.connection, session.model.table(table), id)
  return found === undefined ? null : getRecord(session.connection, session.model, { table, id })
}

function changesBetween(before: RecordRow | null, after: RecordRow | null): StepTrial['changes'] {
  const columns = Object.keys(before?.values ?? {})
  return columns
    .map((column) => ({ column, before: before?.values[column] ?? null, after: after?.values[column] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
}
