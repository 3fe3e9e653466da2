import { onTestFinished } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { Plugin } from '#engine/contract/plugins'
import type { StepRun } from '#engine/contract/trace'
import type { PluginDefinition, StepContext, StepDefinition } from '#plugin-api'
import type { LabModel, LabOptions } from './engine.ts'
import { countedIds, Lab } from './engine.ts'
import { LiveRuntime } from './live-runtime.ts'
import { type Dump, Outside } from './pipeline-dump.ts'
import { runSteps } from './run-job.ts'

export { Stopped } from './live-runtime.ts'
export { withoutLog } from './pipeline-dump.ts'

/** A lab with plug-ins that are objects of the test. */
export class PipelineLab extends Lab {
  readonly runtime: LiveRuntime
  readonly #outside: Outside

  constructor(model: LabModel, options: LabOptions, runtime: LiveRuntime) {
    super(model, { ...options, plugins: runtime })
    this.runtime = runtime
    this.#outside = new Outside(this.path)
    onTestFinished(() => this.#outside.close())
  }

  /** Installs an enabled plug-in; with a name that is taken, in the place of the one that has it. */
  plugin(name: string, ...steps: StepDefinition[]): Plugin {
    const definition: PluginDefinition = { name, version: '1.0.0', apiVersion: 1, steps }
    const replace = this.engine.findPlugins().some((installed) => installed.name === name)
    return this.engine.installPlugin(this.runtime.package(definition), { isEnabled: true, replace })
  }

  /** The same file, opened by somebody else with a key of their own. */
  opened(agreementKey: string): Engine {
    const engine = openEngine({
      path: this.path,
      now: () => this.nowMs,
      newId: countedIds(),
      mode: 'open',
      plugins: this.runtime,
      agreementKey,
    })
    onTestFinished(() => engine.close())
    return engine
  }

  /** What another program finds in the file at this moment. */
  committed<T = unknown>(sql: string, ...parameters: unknown[]): T[] {
    return this.#outside.rows<T>(sql, ...parameters)
  }

  dump(): Dump {
    return this.#outside.dump()
  }

  /** The trace log in the order in which runs began. */
  runs(): StepRun[] {
    return this.engine.as('admin').findStepRuns({ limit: 1_000 }).runs.toReversed()
  }

  /** Runs every asynchronous step that is due, also those that others set off. */
  async runSteps(): Promise<void> {
    await runSteps(this.engine)
  }
}

export const openPipeline = (model: LabModel, options: LabOptions = {}): PipelineLab => new PipelineLab(model, options, new LiveRuntime())

/** One line for each step that runs, in order. */
export const eventOf = ({ stage, messageName, primaryEntityName, depth }: StepContext): string =>
  `${stage} ${messageName} ${primaryEntityName} ${depth}`

const STAGES = ['PreValidation', 'PreOperation', 'PostOperation'] as const

/** Steps on all stages of these messages that say what they see. */
export const listenTo = (
  messages: StepDefinition['message'][],
  say: (context: StepContext) => unknown,
  more: Partial<StepDefinition> = {},
): StepDefinition[] =>
  messages.flatMap((message) => STAGES.map((stage) => ({ message, stage, handler: (context) => void say(context), ...more })))
