import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { openEngine } from '#engine'
import type { Engine } from '#engine/engine'
import type { Plugin, StepRun } from '#engine/model'
import type { PluginDefinition, StepContext, StepDefinition } from '#plugin-api'
import type { LabModel, LabOptions } from './engine.ts'
import { countedIds, Lab } from './engine.ts'
import { LiveRuntime } from './live-runtime.ts'

export { Stopped } from './live-runtime.ts'

/** A lab with plug-ins that are objects of the test. */
export class PipelineLab extends Lab {
  readonly runtime: LiveRuntime

  constructor(model: LabModel, options: LabOptions, runtime: LiveRuntime) {
    super(model, { ...options, plugins: runtime })
    this.runtime = runtime
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

  /** Another program that reads the file: what is committed at this moment. */
  committed<T = unknown>(sql: string, ...parameters: unknown[]): T[] {
    this.#reader ??= openReader(this.path)
    return this.#reader.prepare(sql).all(...parameters) as T[]
  }
  #reader: Database.Database | undefined

  /** Every row of every table, with what the engine keeps for itself. */
  dump(): Record<string, string[]> {
    const tables = this.committed<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return Object.fromEntries(
      tables.map(({ name }) => [
        name,
        this.committed<object>(`SELECT * FROM "${name}"`)
          .map((row) => JSON.stringify(row))
          .sort(),
      ]),
    )
  }

  /** The trace log in the order in which runs began. */
  runs(): StepRun[] {
    return this.engine.findStepRuns({ limit: 1_000 }).runs.toReversed()
  }

  /** Runs every asynchronous step that is due, also those that others set off. */
  async runSteps(): Promise<void> {
    for (let job = this.engine.nextStepJob(); job; job = this.engine.nextStepJob()) await this.engine.runStepJob(job.id)
  }
}

function openReader(path: string): Database.Database {
  const reader = new Database(path, { readonly: true })
  onTestFinished(() => void reader.close())
  return reader
}

export const openPipeline = (model: LabModel, options: LabOptions = {}): PipelineLab => new PipelineLab(model, options, new LiveRuntime())

/** What a refusal leaves: all tables but the trace log, and the bookkeeping of SQLite for it. */
export const withoutLog = (dump: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(dump).filter(([table]) => table !== '_step_run'))

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
