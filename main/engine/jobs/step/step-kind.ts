import { jobText } from '#text/english/jobs'
import { platform } from '#text/english/platform'
import { EngineError, isRecordFailure } from '../../contract/errors.ts'
import type { StepInput } from '../../contract/plugin-runtime.ts'
import type { Call } from '../../pipeline/call.ts'
import { newCall } from '../../pipeline/call.ts'
import { notAgreed } from '../../pipeline/failures.ts'
import type { Pipeline } from '../../pipeline/pipeline.ts'
import { RaisedMessage, RecordEvent } from '../../pipeline/record-event.ts'
import { beginRun } from '../../pipeline/run-step.ts'
import type { StepInputText } from '../../pipeline/step-input.ts'
import type { RegisteredStep } from '../../plugins/registry.ts'
import { bytesToGuid } from '../../store/guid.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { findOwnerByRow } from '../../store/owners.ts'
import type { StepJobRow } from '../../store/step-jobs.ts'
import { getStepJob, setStepJournal } from '../../store/step-jobs.ts'
import { systemJobStatements } from '../../store/system-jobs.ts'
import { writeJobError } from '../job-error.ts'
import type { JobKind, SliceEnd } from '../job-kind.ts'
import { moveJob, statusOf } from '../states.ts'
import { describeStepJob, regardingOf } from './describe-step-job.ts'
import { journaled } from './step-journal.ts'

/**
 * Asynchronous steps. A run has no transaction of its own: each of its requests commits by itself. After a crash in between it runs
 * again from its beginning, counted as a retry, and what it had asked for is not done again. One that fails is not tried again, and
 * the request that caused it is not told.
 * Source: dataverse reference, sections 5.1 and 5.4.
 */
export const stepKind: JobKind = {
  prepare({ session: { connection, options } }, job) {
    connection.write(() => {
      if (job.startedon !== null) systemJobStatements(connection).countRetry.run(job.number)
      if (statusOf(job) !== 'In Progress') moveJob(connection, job, 'In Progress', options.now())
    })
  },

  async runSlice({ session, pipeline: shared }, job): Promise<SliceEnd> {
    const { connection, options } = session
    const row = getStepJob(connection, job.number)
    // Others may work on this connection while a step waits for a promise, so that it has a pipeline and a log of its own.
    const pipeline = shared.beside(journaled(connection, row))
    const error = await run(pipeline, row)
    connection.write(() => {
      pipeline.log.write(connection, session.settings, true)
      setStepJournal(connection, row.number, null)
      writeJobError(connection, row.number, error, error && pipeline.log.failedRunOf(error))
      moveJob(connection, job, error ? 'Failed' : 'Completed', options.now())
    })
    return 'done'
  },

  recover: ({ connection, options }, job) => moveJob(connection, job, 'Waiting', options.now()),

  describe: (connection, model, job) => describeStepJob(connection, model, getStepJob(connection, job.number)),

  tables: () => [],
}

async function run(pipeline: Pipeline, row: StepJobRow): Promise<EngineError | null> {
  const { session } = pipeline
  const { settings } = session
  try {
    const step = currentStep(pipeline, row)
    const { event, message, given } = renew(pipeline, row)
    const running = beginRun(pipeline, event, message, step, given)
    try {
      const module = session.modules.module(step.owner, settings)
      running.start()
      running.settle(await module.runAsync(step.ordinal, given.input, running.host, settings.pluginTimeoutSeconds * 1_000))
      return null
    } catch (error) {
      running.fail(error)
      throw error
    } finally {
      running.end()
    }
  } catch (error) {
    if (!isRecordFailure(error)) throw error
    error.record ??= regardingOf(session.connection, session.model, row)
    return error
  }
}

/** Returns the current step at the same position, which belongs to a newer version if the plug-in was replaced meanwhile. */
function currentStep({ session }: Pipeline, row: StepJobRow): RegisteredStep {
  const owner = session.registry.plugins.find(({ name, isEnabled }) => name === row.plugin_name && isEnabled)
  const listening = owner?.steps.filter(({ message, mode }) => message === row.messagename && mode === 'Async') ?? []
  const step = listening.find(({ number }) => number === row.step) ?? listening.find(({ ordinal }) => ordinal === row.ordinal)
  if (!owner || !step)
    throw new EngineError('PLUGIN_FAILED', jobText.stepGone({ plugin: row.plugin_name }), {
      hint: jobText.stepGoneHint,
      details: { plugin: row.plugin_name },
    })
  if (!session.isAgreed(owner)) throw notAgreed(owner.name)
  return { ...step, owner }
}

/** Restores the event and message that were stored when the record was committed. */
function renew(pipeline: Pipeline, row: StepJobRow): { event: RecordEvent; message: RaisedMessage; given: StepInputText } {
  const { session } = pipeline
  const { connection, model } = session
  const input = JSON.parse(row.context) as StepInput
  const user = userOf(pipeline, row.user)
  const call: Call = {
    ...newCall(session, user, { requestId: input.requestId, correlationId: input.correlationId, sharedVariables: {} }),
    initiator: findOwnerByRow(connection, row.createdby) ?? user,
    depth: row.depth,
    createdOnMs: Date.parse(input.operationCreatedOn),
    ...(input.parentContext === undefined ? {} : { parent: () => JSON.stringify(input.parentContext) }),
  }
  const table = row.primaryentitytype === null ? null : model.table(row.primaryentitytype)
  const record = table && row.regarding_guid ? { table: table.definition.logicalName, id: bytesToGuid(row.regarding_guid) } : null
  const { Target: _target, ...parameters } = input.inputParameters
  const message = new RaisedMessage(row.messagename, parameters, input.sharedVariables)
  message.output = JSON.stringify(input.outputParameters)
  const columns = input.target as RecordEvent['columns']
  const event = new RecordEvent({ call, table, row: row.regardingobjectid, record, messages: [message], columns })
  const textOf = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  const given = {
    input: row.context,
    target: JSON.stringify(input.target),
    preImage: textOf(input.preImage),
    postImage: textOf(input.postImage),
    user,
  }
  return { event, message, given }
}

function userOf({ session }: Pipeline, row: number): OwnerRow {
  const user = findOwnerByRow(session.connection, row)
  if (user && !user.disabled) return user
  throw new EngineError('CASCADE_REFUSED', platform.userDisabled({ user: user?.name ?? '' }), {
    platform: 'unManagedidsusernotenabled',
    hint: jobText.stepUserHint,
  })
}
