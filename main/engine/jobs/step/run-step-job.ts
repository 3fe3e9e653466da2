import { EngineError, isRecordFailure } from '../../contract/errors.ts'
import type { StepJob } from '../../contract/jobs.ts'
import type { StepInput } from '../../contract/plugin-runtime.ts'
import type { Call } from '../../pipeline/call.ts'
import { callOf } from '../../pipeline/call.ts'
import { notAgreed } from '../../pipeline/failures.ts'
import type { Pipeline } from '../../pipeline/pipeline.ts'
import { RaisedMessage, RecordEvent } from '../../pipeline/record-event.ts'
import { beginRun } from '../../pipeline/run-step.ts'
import type { StepInputText } from '../../pipeline/step-input.ts'
import type { RegisteredStep } from '../../plugins/registry.ts'
import { bytesToGuid } from '../../store/guid.ts'
import type { OwnerRow } from '../../store/rows.ts'
import { findOwnerByRow } from '../../store/rows.ts'
import type { StepJobRow } from '../../store/step-jobs.ts'
import { failStepJob, getStepJobRow, setStepJobState, setStepJournal } from '../../store/step-jobs.ts'
import { codesOf } from '../states.ts'
import { describeStepJob } from './describe-step-job.ts'
import { journaled } from './step-journal.ts'

/**
 * Runs an asynchronous step. It has no transaction of its own: each of its requests commits by itself. After a crash it runs again from
 * the beginning, and requests that were committed are not executed again. A step that fails is not retried and does not affect the
 * operation that caused it.
 * Source: dataverse reference, sections 5.1 and 5.4.
 */
export async function runStepJob(main: Pipeline, id: string): Promise<StepJob> {
  const { session } = main
  const { connection, options } = session
  const row = getStepJobRow(connection, id)
  // A pipeline and a log of its own, because others may use this connection while the step waits for a promise.
  const pipeline = main.beside(journaled(connection, row))
  setStepJobState(connection, row.number, codesOf('In Progress'), { startedOnMs: options.now() })
  const error = await run(pipeline, row)
  connection.write(() => {
    pipeline.log.write(connection, session.settings, true)
    setStepJournal(connection, row.number, null)
    failStepJob(connection, row.number, error && { message: error.message, code: error.platformCode })
    setStepJobState(connection, row.number, codesOf(error ? 'Failed' : 'Completed'), { completedOnMs: options.now() })
  })
  return describeStepJob(connection, session.model, getStepJobRow(connection, id))
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
    if (isRecordFailure(error)) return error
    throw error
  }
}

/** Returns the current step at the same position, which belongs to a newer version if the plug-in was replaced meanwhile. */
function currentStep({ session }: Pipeline, row: StepJobRow): RegisteredStep {
  const owner = session.registry.plugins.find(({ name, isEnabled }) => name === row.plugin_name && isEnabled)
  const listening = owner?.steps.filter(({ message, mode }) => message === row.message_name && mode === 'Async') ?? []
  const step = listening.find(({ number }) => number === row.step) ?? listening.find(({ ordinal }) => ordinal === row.ordinal)
  if (!owner || !step)
    throw new EngineError(
      'PLUGIN_FAILED',
      `The step did not run: the plug-in ${row.plugin_name} is not enabled any more, or has no such step.`,
      {
        hint: 'Steps of a disabled or removed plug-in do not run.',
        details: { plugin: row.plugin_name },
      },
    )
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
    ...callOf(session, user, { requestId: input.requestId, correlationId: input.correlationId, sharedVariables: {} }),
    initiator: findOwnerByRow(connection, row.createdby) ?? user,
    depth: row.depth,
    createdOnMs: Date.parse(input.operationCreatedOn),
    ...(input.parentContext === undefined ? {} : { parent: () => JSON.stringify(input.parentContext) }),
  }
  const table = row.table_number === null ? null : model.tableByNumber(row.table_number)
  const record = table && row.regarding_guid ? { table: table.definition.logicalName, id: bytesToGuid(row.regarding_guid) } : null
  const { Target: _target, ...parameters } = input.inputParameters
  const message = new RaisedMessage(row.message_name, parameters, input.sharedVariables)
  message.output = JSON.stringify(input.outputParameters)
  const columns = input.target as RecordEvent['columns']
  const event = new RecordEvent({ call, table, row: row.row, record, messages: [message], columns })
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
  throw new EngineError(
    'CASCADE_REFUSED',
    `The specified user ${user?.name ?? ''} is either disabled or is not a member of any business unit.`,
    {
      platform: 'unManagedidsusernotenabled',
      hint: 'Enable or add the user again.',
    },
  )
}
