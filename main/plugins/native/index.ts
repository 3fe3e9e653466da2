import type { LoadedPlugin, PluginPackage, PluginRuntime, StepAnswer, StepHost } from '#engine/contract/plugin-runtime'
import { packageText } from '#text/english/packages'
import { createDispatcher, type Dispatcher } from '../sandbox/inside/dispatcher.ts'
import { pluginInvalid } from '../sandbox/plugin-invalid.ts'
import { Runs } from '../sandbox/runs.ts'
import { requireModule } from './require-module.ts'

export interface NativeOptions {
  /** Default exports by the origin of their package, for instance a definition in an author's test. */
  modules?: Map<string, unknown>
}

/**
 * Runs plug-ins in the current thread, for breakpoints and for authors' tests. They behave as in the containment, but nothing
 * restricts them: permissions have no effect, and an endless loop does not end.
 */
export function createNativeRuntime({ modules = new Map() }: NativeOptions = {}): PluginRuntime {
  return {
    load(pluginPackage) {
      const { origin } = pluginPackage
      return new NativePlugin(origin !== null && modules.has(origin) ? modules.get(origin) : requireModule(pluginPackage), pluginPackage)
    },
  }
}

class NativePlugin implements LoadedPlugin {
  readonly definition: unknown
  readonly #dispatcher: Dispatcher
  readonly #runs = new Runs()
  readonly #settled = new Map<number, (answer: string) => void>()

  /** @throws PLUGIN_INVALID */
  constructor(exported: unknown, { configuration, entry }: PluginPackage) {
    this.#dispatcher = createDispatcher({
      call: (run, method, args) => this.#runs.call(run, method, args),
      trace: (run, text) => this.#runs.trace(run, text),
      settled: (run, answer) => this.#settled.get(run)?.(answer),
    })
    const answer = this.#dispatcher.adopt(exported, configuration)
    if (answer[0] !== 'd') throw refused(answer, entry)
    this.definition = JSON.parse(answer.slice(1))
  }

  run(step: number, context: string, host: StepHost): StepAnswer {
    const run = this.#runs.open(host, false)
    try {
      return this.#runs.toStepAnswer(run, this.#dispatcher.run(run, step, context), stackOf)
    } finally {
      this.#runs.close(run)
    }
  }

  async runAsync(step: number, context: string, host: StepHost): Promise<StepAnswer> {
    const run = this.#runs.open(host, true)
    const settled = new Promise<string>((resolve) => this.#settled.set(run, resolve))
    try {
      const answer = this.#dispatcher.start(run, step, context)
      return this.#runs.toStepAnswer(run, answer === 'w' ? await settled : answer, stackOf)
    } finally {
      this.#settled.delete(run)
      this.#runs.close(run)
    }
  }

  dispose(): void {}
}

function refused(answer: string, entry: string): Error {
  if (answer[0] === 'p') return pluginInvalid(packageText.exportsPromise, { file: entry })
  const said = JSON.parse(answer.slice(1)) as string | { message: string }
  return pluginInvalid(packageText.exportFailed({ reason: typeof said === 'string' ? said : said.message }), { file: entry })
}

/** Returns the stack down to the call of the handler. */
function stackOf(message: string, stack: string): string {
  const lines = stack.split('\n')
  const called = lines.findIndex((line) => /^\s+at execute \(/.test(line))
  return [message, ...lines.slice(0, called < 0 ? lines.length : called).filter((line) => /^\s+at /.test(line))].join('\n')
}
