import { pipelineText } from '#text/english/pipeline'
import { platform } from '#text/english/platform'
import type { Phrase } from '#text/parameters'
import { EngineError, messageOf, shortened } from '../contract/errors.ts'
import type { StepAnswer } from '../contract/plugin-runtime.ts'
import type { PluginStep } from '../contract/plugins.ts'
import { stepLabel } from '../contract/plugins.ts'
import type { RecordEvent } from './record-event.ts'

const blamed = (step: PluginStep, stack: string | null = null) => ({
  plugin: step.plugin,
  step: stepLabel(step),
  stage: step.stage,
  message: step.message,
  ...(stack === null ? {} : { stack }),
})

/** Makes the error of a business refusal, whose message the user reads unchanged. Source: plug-in contract, rule 6; dataverse reference, section 5.4. */
export const pluginRefused = (step: PluginStep, message: string): EngineError =>
  new EngineError('PLUGIN_REFUSED', message, {
    platform: 'IsvAborted',
    hint: pipelineText.refusedHint({ plugin: step.plugin }),
    details: blamed(step),
  })

const unexpected = (step: PluginStep, reason: Phrase, stack: string | null = null): EngineError =>
  new EngineError('PLUGIN_FAILED', platform.unexpectedIsvError({ step: stepLabel(step), reason }), {
    platform: 'IsvUnExpected',
    hint: pipelineText.fixHint,
    details: blamed(step, stack),
  })

/** Converts a step's failure to the error that ends its transaction. */
export function stepFailure(
  step: PluginStep,
  answer: Exclude<StepAnswer, { kind: 'done' } | { kind: 'fault' }>,
  limits: { seconds: number; megabytes: number },
): EngineError {
  switch (answer.kind) {
    case 'refused':
      return pluginRefused(step, answer.message)
    case 'failed':
      return unexpected(step, answer.message, answer.stack)
    case 'promise':
      return unexpected(step, answer.message)
    case 'broken':
      return unexpected(step, pipelineText.brokeContainment({ reason: answer.message }))
    case 'memory':
      return unexpected(step, pipelineText.tooMuchMemory({ megabytes: limits.megabytes }))
    case 'timeout':
      return new EngineError('PLUGIN_FAILED', platform.stepTimeout({ step: stepLabel(step), seconds: limits.seconds }), {
        platform: 'SandboxWorkerPluginExecuteTimeout',
        hint: pipelineText.fixHint,
        details: blamed(step),
      })
  }
}

/** Makes the failure of a step that left a value in a parameter which the parameter cannot have. */
export const parameterInvalid = (step: PluginStep, parameter: 'UpdateContent' | 'PerformParentingChecks', given: unknown): EngineError =>
  unexpected(
    step,
    (parameter === 'UpdateContent' ? pipelineText.contentInvalid : pipelineText.checksInvalid)({
      parameter,
      given: shortened(JSON.stringify(given) ?? 'nothing'),
    }),
  )

/** Makes the failure of a step whose request ended in an error that is none of the product's answers. Its stack is kept for who looks into it. */
export const requestFailed = (step: PluginStep, method: string, error: unknown): EngineError => {
  const thrown = error instanceof Error ? error : new Error(String(error))
  return unexpected(step, pipelineText.requestFailed({ method: shortened(method), reason: thrown.message }), thrown.stack ?? null)
}

/** Errors of nested steps that keep their code in outer steps; any other error that a step does not catch counts as the step's own failure. */
const PASSING = new Set(['PLUGIN_REFUSED', 'PLUGIN_FAILED', 'PIPELINE_TOO_DEEP', 'PLUGIN_NOT_AGREED'])

export function uncaughtFault(step: PluginStep, fault: EngineError, stack: string): EngineError {
  if (PASSING.has(fault.code)) return fault
  const reason = messageOf(fault)
  return unexpected(step, fault.platformCode === null ? reason : pipelineText.faultWithCode({ reason, code: fault.platformCode }), stack)
}

/** Makes the error of a chain that exceeds the depth. Source: dataverse reference, section 5.4; plug-in contract, rule 5. */
export const tooDeep = (chain: readonly string[], maxDepth: number): EngineError =>
  new EngineError('PIPELINE_TOO_DEEP', platform.infiniteLoop({ maxDepth, chain: chain.join(' → ') }), {
    platform: 'SdkCorrelationTokenDepthTooHigh',
    hint: pipelineText.tooDeepHint,
    details: { chain: [...chain], maxDepth },
  })

export const notAgreed = (plugin: string): EngineError =>
  new EngineError('PLUGIN_NOT_AGREED', pipelineText.notAgreed({ plugin }), {
    hint: pipelineText.notAgreedHint({ plugin }),
    details: { plugin },
  })

/** Adds the name of the step to the error about a column that it changed in the request; returns any other error unchanged. */
export function changedTarget(event: RecordEvent, error: unknown): unknown {
  if (!(error instanceof EngineError) || !['INPUT_INVALID', 'RECORD_NOT_FOUND'].includes(error.code)) return error
  const step = event.blamed(error.details.column)
  if (!step) return error
  const { code, platformName, hint, hintText, details } = error
  return new EngineError(code, pipelineText.changedTarget({ reason: messageOf(error), step: stepLabel(step) }), {
    ...(platformName === null ? {} : { platform: platformName }),
    ...(hint === null ? {} : { hint: hintText ?? hint }),
    record: error.record,
    details: { ...details, ...blamed(step) },
    cause: error,
  })
}
