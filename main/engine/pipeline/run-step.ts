import { EngineError, isEnvironmentFailure, isRecordFailure, toErrorData } from '../contract/errors.ts'
import type { StepAnswer, StepHost } from '../contract/plugin-runtime.ts'
import { stepLabel } from '../contract/plugins.ts'
import type { RegisteredStep } from '../plugins/registry.ts'
import type { EntityRow } from '../store/entity-rows.ts'
import { guidToBytes } from '../store/guid.ts'
import type { NewRun } from '../store/step-runs.ts'
import { storeError } from '../store/store-error.ts'
import type { Call } from './call.ts'
import { parameterInvalid, requestFailed, stepFailure, uncaughtFault } from './failures.ts'
import type { Images, Pipeline } from './pipeline.ts'
import type { RaisedMessage, RecordEvent } from './record-event.ts'
import { changeableParameters, hasColumns } from './record-event.ts'
import type { StepInputText } from './step-input.ts'
import { stepInput } from './step-input.ts'

/** Runs one synchronous step and applies its changes to the event. @throws the error that ends the transaction */
export function runStep(pipeline: Pipeline, event: RecordEvent, message: RaisedMessage, step: RegisteredStep, images: Images): void {
  const { session } = pipeline
  const given = stepInput(pipeline, event, message, step, images)
  const limitMs = beginTiming(session.options.now(), event.call)
  const running = beginRun(pipeline, event, message, step, given)
  try {
    const module = session.modules.module(step.owner, session.settings)
    running.start()
    const answer = module.run(step.ordinal, given.input, running.host, limitMs)
    running.settle(answer)
    if (answer.kind === 'done') takeOver(event, message, step, given, answer.output, running.run)
  } catch (error) {
    running.fail(error)
    throw error
  } finally {
    running.end()
    endTiming(session.options.now(), event.call)
  }
}

/** A running step, with its requests and its entry in the log. */
export interface RunningStep {
  run: NewRun
  host: StepHost
  /** Starts the measurement of its time, after its module has been loaded. */
  start(): void
  /** Ends the step. @throws the error that the answer describes, unless it is done */
  settle(answer: StepAnswer): void
  fail(error: unknown): void
  end(): void
}

export function beginRun(
  pipeline: Pipeline,
  event: RecordEvent,
  message: RaisedMessage,
  step: RegisteredStep,
  given: StepInputText,
): RunningStep {
  const { session } = pipeline
  const { options, settings } = session
  const { call } = event
  const precise = options.precise ?? options.now
  let begunMs = precise()
  const run: NewRun = {
    step: step.number,
    tableNumber: event.table?.number ?? null,
    row: event.row,
    guid: event.record ? guidToBytes(event.record.id) : null,
    depth: call.depth,
    parent: call.parentRun,
    job: call.job?.number ?? null,
    batch: call.job?.batch ?? null,
    attempt: call.job?.attempt ?? null,
    correlation: guidToBytes(call.correlationId),
    user: given.user.row,
    startedOnMs: options.now(),
    durationUs: 0,
    outcome: 'done',
    isCommitted: true,
    code: null,
    error: null,
    stack: null,
    trace: null,
    input: `{"target":${given.target},"inputParameters":${JSON.stringify(message.parameters)},"sharedVariables":${message.shared}}`,
    output: null,
    preImage: given.preImage,
    postImage: given.postImage,
  }
  const index = pipeline.log.add(run)
  const faults: EngineError[] = []
  /** What ends the step, whether it catches it or not: a full disk, or an error that no request may cause. */
  const fatal: EngineError[] = []
  const below = nestedCall(pipeline, event, message, step, given, index)
  return {
    run,
    host: {
      call(method, args) {
        if (method === 'parentContext') return { ok: true, value: keepParent(run, call.parent?.()) }
        try {
          const value = pipeline.serve(below(), method, JSON.parse(args) as unknown[])
          return { ok: true, value: value === undefined ? undefined : JSON.stringify(value) }
        } catch (thrown) {
          const error = storeError(thrown, session.connection.db.name)
          if (isRecordFailure(error)) faults.push(error)
          else fatal.push(isEnvironmentFailure(error) ? error : requestFailed(step, method, error))
          return { ok: false, fault: toErrorData(error), number: faults.length - 1 }
        }
      },
      trace(text) {
        run.trace = run.trace === null ? text : `${run.trace}\n${text}`
      },
    },
    start() {
      begunMs = precise()
    },
    settle(answer) {
      if (fatal.length > 0) throw fatal[0]
      if (call.budget.overrun) throw call.budget.overrun
      if (answer.kind === 'done') return
      const fault = answer.kind === 'fault' ? faults[answer.number] : undefined
      if (answer.kind === 'fault') {
        run.stack = answer.stack
        throw fault ? uncaughtFault(step, fault, answer.stack) : new Error(`Step ${stepLabel(step)} passed on a fault that nobody raised`)
      }
      if (answer.kind === 'failed') run.stack = answer.stack
      const failure = stepFailure(step, answer, { seconds: settings.pluginTimeoutSeconds, megabytes: settings.pluginMemoryMegabytes })
      if (answer.kind === 'timeout') call.budget.overrun = failure
      throw failure
    },
    fail(error) {
      run.outcome = error instanceof EngineError && error.code === 'PLUGIN_REFUSED' ? 'refused' : 'failed'
      run.error = error instanceof Error ? error.message : String(error)
      run.code = error instanceof EngineError ? error.platformCode : null
      if (error instanceof EngineError) pipeline.log.blame(error, run)
    },
    end() {
      run.durationUs = Math.round((precise() - begunMs) * 1_000)
      pipeline.log.ended(run)
    },
  }
}

/** Adds the parent context that a step has read to its logged input, so that the step can be run again. */
function keepParent(run: NewRun, parent: string | undefined): string | undefined {
  if (parent !== undefined) run.input = `${run.input?.slice(0, -1)},"parentContext":${parent}}`
  return parent
}

/** Makes the call of a step's requests, with the rights of its user and one level deeper, on the first request. */
function nestedCall(
  pipeline: Pipeline,
  event: RecordEvent,
  message: RaisedMessage,
  step: RegisteredStep,
  given: StepInputText,
  index: number,
): () => Call {
  let made: Call | undefined
  return () => {
    made ??= {
      ...event.call,
      user: given.user,
      depth: event.call.depth + 1,
      parent: pipeline.contextOf(event, message, step.stage),
      parentRun: index,
      chain: [...event.call.chain, stepLabel(step)],
    }
    return made
  }
}

/** Applies a step's output to the event. Compares texts first, because most steps change nothing. */
function takeOver(
  event: RecordEvent,
  message: RaisedMessage,
  step: RegisteredStep,
  begun: StepInputText,
  output: string,
  run: NewRun,
): void {
  // After the main operation changes of the target have no effect, so it is not returned.
  const target = step.stage === 'PostOperation' ? 'null' : begun.target
  const parameters = changeableParameters(message, step.stage)
  const given = parameters === null ? '' : `,"inputParameters":${JSON.stringify(parameters)}`
  if (output === `{"target":${target},"sharedVariables":${message.shared},"outputParameters":${message.output}${given}}`) return
  const changed = JSON.parse(output) as StepOutput
  message.shared = JSON.stringify(changed.sharedVariables ?? {})
  message.output = JSON.stringify(changed.outputParameters ?? {})
  if (step.stage !== 'PostOperation' && hasColumns(message.name) && isObject(changed.target))
    event.change(changed.target as EntityRow, step)
  if (parameters !== null && changed.inputParameters) takeOverParameters(event, message, step, parameters, changed.inputParameters)
  run.output = JSON.stringify({ target: changed.target ?? JSON.parse(begun.target), sharedVariables: changed.sharedVariables })
}

interface StepOutput {
  target: unknown
  sharedVariables: unknown
  outputParameters: unknown
  inputParameters?: Record<string, unknown>
}

/** Applies the parameters that a step has changed to the event. @throws PLUGIN_FAILED for a value that the parameter cannot have */
function takeOverParameters(
  event: RecordEvent,
  message: RaisedMessage,
  step: RegisteredStep,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): void {
  // A step that deletes the content wants none of it.
  const left = 'UpdateContent' in before ? { UpdateContent: {}, ...after } : after
  const changed = Object.fromEntries(Object.entries(left).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])))
  if (Object.keys(changed).length === 0) return
  if ('UpdateContent' in changed && !isObject(changed.UpdateContent)) throw parameterInvalid(step, 'UpdateContent', changed.UpdateContent)
  if ('PerformParentingChecks' in changed && typeof changed.PerformParentingChecks !== 'boolean')
    throw parameterInvalid(step, 'PerformParentingChecks', changed.PerformParentingChecks)
  event.changeParameters(message, changed, step)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Starts the time limit of a step. The steps of one operation share its budget, and nested steps that of the outer step. Returns the deadline. */
function beginTiming(nowMs: number, { budget }: Call): number {
  budget.deadlineMs ??= nowMs + budget.leftMs
  return Math.max(1, budget.deadlineMs - nowMs)
}

function endTiming(nowMs: number, { budget, parentRun }: Call): void {
  if (parentRun !== null || budget.deadlineMs === null) return
  budget.leftMs = Math.max(0, budget.deadlineMs - nowMs)
  budget.deadlineMs = null
}
