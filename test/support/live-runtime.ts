import type {
  LoadedPlugin,
  PluginPackage,
  PluginRuntime,
  ServiceAnswer,
  StepAnswer,
  StepHost,
  StepInput,
} from '#engine/contract/plugin-runtime'
import { sha256 } from '#engine/store/content-hash'
import type { OrganizationService, PluginDefinition, StepContext } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'

/**
 * Runs plug-ins that are live objects of a test, in this very thread, so that a handler sees and does what the test wants. A package
 * holds a number, by which the object is found again.
 */
export class LiveRuntime implements PluginRuntime {
  readonly #definitions: PluginDefinition[] = []
  /** What each run was given of the time that there is, in the order of the runs. */
  readonly limits: number[] = []
  /** Modules that are loaded and not disposed of. */
  open = 0

  package(definition: PluginDefinition): PluginPackage {
    const content = `plug-in ${this.#definitions.push(definition) - 1}`
    return {
      source: 'a test',
      origin: null,
      entry: 'index.js',
      files: [{ path: 'index.js', content, sha256: sha256(content) }],
      configuration: '',
    }
  }

  load: PluginRuntime['load'] = ({ files }) => {
    const definition = this.#definitions[Number(files[0]?.content.replace('plug-in ', ''))]
    if (!definition) throw new Error('No test has made this plug-in')
    this.open++
    return this.#loaded(definition)
  }

  #loaded(definition: PluginDefinition): LoadedPlugin {
    const call = (step: number, text: string, host: StepHost, limitMs: number) => {
      this.limits.push(limitMs)
      const context = contextOf(text, host)
      return { context, result: definition.steps[step]?.handler(context) }
    }
    return {
      definition: { ...definition, steps: definition.steps.map((step) => ({ ...step, handler: true })) },
      run(step, text, host, limitMs) {
        try {
          const { context, result } = call(step, text, host, limitMs)
          return result instanceof Promise ? { kind: 'promise', message: 'it returned a promise.' } : doneWith(context)
        } catch (error) {
          return answerOf(error)
        }
      },
      async runAsync(step, text, host, limitMs) {
        try {
          const { context, result } = call(step, text, host, limitMs)
          await result
          return doneWith(context)
        } catch (error) {
          return answerOf(error)
        }
      },
      dispose: () => {
        this.open--
      },
    }
  }
}

/** Thrown by a handler that was stopped from outside. */
export class Stopped extends Error {
  readonly kind: 'timeout' | 'memory'

  constructor(kind: 'timeout' | 'memory') {
    super(kind)
    this.kind = kind
  }
}

class Fault extends Error {
  override readonly name = 'OrganizationServiceFault'
  readonly code: string
  readonly number: number

  constructor({ fault, number }: Extract<ServiceAnswer, { ok: false }>) {
    super(fault.message)
    this.code = fault.platformCode ?? ''
    this.number = number
  }
}

const doneWith = ({ stage, target, sharedVariables, outputParameters }: StepContext): StepAnswer => ({
  kind: 'done',
  output: JSON.stringify({ target: stage === 'PostOperation' ? null : target, sharedVariables, outputParameters }),
})

function answerOf(error: unknown): StepAnswer {
  if (error instanceof Stopped) return error.kind === 'timeout' ? { kind: 'timeout' } : { kind: 'memory' }
  if (error instanceof InvalidPluginExecutionError) return { kind: 'refused', message: error.message }
  if (error instanceof Fault) return { kind: 'fault', number: error.number, stack: String(error.stack) }
  if (error instanceof Error) return { kind: 'failed', message: error.message, stack: String(error.stack) }
  return { kind: 'failed', message: String(error), stack: '' }
}

const SERVICE: (keyof OrganizationService)[] = [
  'retrieve',
  'retrieveMultiple',
  'count',
  'sum',
  'create',
  'update',
  'delete',
  'assign',
  'setState',
  'merge',
  'associate',
  'disassociate',
  'grantAccess',
  'modifyAccess',
  'revokeAccess',
]

function contextOf(text: string, host: StepHost): StepContext {
  const input = Object.assign({}, ...text.split('\n').map((line) => JSON.parse(line) as object)) as StepInput
  const hasColumns = input.messageName === 'Create' || input.messageName === 'Update'
  if (hasColumns) input.inputParameters.Target = input.target
  const service = Object.fromEntries(
    SERVICE.map((method) => [
      method,
      (...args: unknown[]) => {
        const answer = host.call(method, JSON.stringify(args))
        if (!answer.ok) throw new Fault(answer)
        const value = answer.value === undefined ? undefined : JSON.parse(answer.value)
        return method === 'retrieveMultiple' ? Object.assign(value.rows, { moreRecords: value.hasMore }) : value
      },
    ]),
  )
  const images = Object.fromEntries(
    (['preImage', 'postImage'] as const).flatMap((name) => (input[name] === undefined ? [] : [[name, Object.freeze(input[name])]])),
  )
  const parent = input.parentContext === true ? { parentContext: parentOf(host) } : {}
  return { ...input, ...images, ...parent, service, trace: (line: string) => host.trace(line) } as unknown as StepContext
}

function parentOf(host: StepHost): unknown {
  const answer = host.call('parentContext', '[]')
  return answer.ok && answer.value !== undefined ? JSON.parse(answer.value) : undefined
}
