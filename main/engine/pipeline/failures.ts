import { EngineError } from '../contract/errors.ts'
import type { StepAnswer } from '../contract/plugin-runtime.ts'
import type { PluginStep } from '../contract/plugins.ts'

/** Formats a step as `owner-audit: Update of account, PostOperation`. */
export const stepLabel = ({ plugin, message, table, stage }: PluginStep): string =>
  `${plugin}: ${message}${table === null ? '' : ` of ${table}`}, ${stage}`

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
    hint: `The plug-in ${step.plugin} refuses this.`,
    details: blamed(step),
  })

const unexpected = (step: PluginStep, text: string, hint: string, stack: string | null = null): EngineError =>
  new EngineError('PLUGIN_FAILED', `An unexpected error occurred from ISV code. Plug-in ${stepLabel(step)}: ${text}`, {
    platform: 'IsvUnExpected',
    hint,
    details: blamed(step, stack),
  })

const MEND = 'Mend the plug-in and update it, or disable it; the trace log says more.'

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
      return unexpected(step, answer.message, MEND, answer.stack)
    case 'promise':
      return unexpected(step, answer.message, MEND)
    case 'broken':
      return unexpected(step, `it broke its containment, which was made anew: ${answer.message}`, MEND)
    case 'memory':
      return unexpected(step, `it used more than the ${limits.megabytes} MB that a plug-in may hold.`, MEND)
    case 'timeout':
      return new EngineError(
        'PLUGIN_FAILED',
        `The plug-in execution failed because the operation has timed-out: plug-in ${stepLabel(step)} was stopped after ${limits.seconds} seconds.`,
        { platform: 'SandboxWorkerPluginExecuteTimeout', hint: MEND, details: blamed(step) },
      )
  }
}

/** Errors of nested steps that keep their code in outer steps; any other error that a step does not catch counts as the step's own failure. */
const PASSING = new Set(['PLUGIN_REFUSED', 'PLUGIN_FAILED', 'PIPELINE_TOO_DEEP', 'PLUGIN_NOT_AGREED'])

export function uncaughtFault(step: PluginStep, fault: EngineError, stack: string): EngineError {
  if (PASSING.has(fault.code)) return fault
  const code = fault.platformCode === null ? '' : ` (${fault.platformCode})`
  return unexpected(step, `${fault.message}${code}`, MEND, stack)
}

/** Makes the error of a chain that exceeds the depth. Source: dataverse reference, section 5.4; plug-in contract, rule 5. */
export const tooDeep = (chain: readonly string[], maxDepth: number): EngineError =>
  new EngineError(
    'PIPELINE_TOO_DEEP',
    `This workflow job was canceled because the workflow that started it included an infinite loop: a request would be more than ${maxDepth} deep. The chain of plug-ins: ${chain.join(' → ')}.`,
    {
      platform: 'SdkCorrelationTokenDepthTooHigh',
      hint: 'Let a step look at its depth, or at what it is about to change, before it asks for more.',
      details: { chain: [...chain], maxDepth },
    },
  )

export const notAgreed = (plugin: string): EngineError =>
  new EngineError(
    'PLUGIN_NOT_AGREED',
    `The plug-in ${plugin} takes part in this, and nobody on this computer has agreed to what it may do.`,
    {
      hint: `Look at ${plugin} under Plug-ins, then enable or disable it.`,
      details: { plugin },
    },
  )

/** Adds the name of the step to the error about a column that it changed in the request. */
export function changedTarget(step: PluginStep, error: unknown): unknown {
  if (!(error instanceof EngineError) || !['INPUT_INVALID', 'RECORD_NOT_FOUND'].includes(error.code)) return error
  const { code, message, platformName, hint, details } = error
  return new EngineError(code, `${message} The target had been changed by the plug-in ${stepLabel(step)}.`, {
    ...(platformName === null ? {} : { platform: platformName }),
    ...(hint === null ? {} : { hint }),
    details: { ...details, ...blamed(step) },
    cause: error,
  })
}
