import type { ErrorData } from './errors.ts'
import type { Permission, PluginFile } from './plugins.ts'

/**
 * What the engine needs to run plug-ins. It evaluates no module itself: whoever opens it hands in a runtime, the contained one of
 * the product, or one that runs modules in this very thread, for breakpoints and for authors' own tests.
 */

/** A plug-in as it comes from a folder, a module file or an archive, and as an environment keeps it. */
export interface PluginPackage {
  /** Where it came from, for people: a path, or `inline module`. */
  source: string
  /** The folder or file that it was read from and can be read from again; `null` for an inline module or an upload. */
  origin: string | null
  /** Path of the entry module inside the package, for instance `index.ts`. */
  entry: string
  /** Modules, package.json and README.md, with `/` between folders, in the order of their paths. */
  files: PluginFile[]
  /** What the user typed in at installation, for modules that export a function. */
  configuration: string
}

export interface PluginRuntime {
  /**
   * Evaluates the modules of a package and keeps them until they are disposed of. Nothing but what the permissions name is reachable.
   * What a permission opens can be imported without it, and refuses to be used: a package is looked at with no permission at all, since
   * only then is it known which ones it asks for.
   * @throws PLUGIN_INVALID with `details` `{ file, line, column }` where known: a syntax error, a module that throws, loops or is not there.
   */
  load(pluginPackage: PluginPackage, permissions: readonly Permission[], limits: SandboxLimits): LoadedPlugin
}

export interface SandboxLimits {
  /** For evaluating the module, and for each step where it is given none. */
  timeMs: number
  memoryMegabytes: number
}

/** One plug-in's module in one thread. */
export interface LoadedPlugin {
  /** What the module exports by default, as plain data: each `handler` is replaced by `true`, other functions by `null`. Not checked. */
  readonly definition: unknown
  /**
   * Runs a synchronous step to its end. `context` is a StepInput as JSON, or as two objects on a line each: what is the record's own, and
   * what is the same for many records. Never throws for what the plug-in does.
   */
  run(step: number, context: string, host: StepHost, limitMs: number): StepAnswer
  /** Runs an asynchronous step, which may return a promise. */
  runAsync(step: number, context: string, host: StepHost, limitMs: number): Promise<StepAnswer>
  dispose(): void
}

/**
 * What crosses into the plug-in: everything of StepContext that is plain data. `target`, `sharedVariables` and
 * `outputParameters` come back changed. `inputParameters` holds no `Target` on Create and Update: the runtime puts `target` there.
 */
export interface StepInput {
  messageName: string
  stage: string
  mode: string
  depth: number
  isInTransaction: boolean
  primaryEntityName: string
  primaryEntityId: string
  target: unknown
  preImage?: unknown
  postImage?: unknown
  inputParameters: Record<string, unknown>
  outputParameters: Record<string, unknown>
  sharedVariables: Record<string, unknown>
  userId: string
  initiatingUserId: string
  businessUnitId: string
  correlationId: string
  requestId: string
  operationCreatedOn: string
  /** `true`: it is asked for as `call('parentContext', '[]')`, since few steps look at it. */
  parentContext?: unknown
  job?: unknown
}

/** What a step reaches outside of its module. */
export interface StepHost {
  /** One call of the organization service (or for `parentContext`), by the method's name, with its arguments as a JSON array. Never throws. */
  call(method: string, args: string): ServiceAnswer
  trace(text: string): void
}

/** The result as JSON (`undefined` for none), or a fault that the step may catch; `number` says which one comes back uncaught. */
export type ServiceAnswer = { ok: true; value: string | undefined } | { ok: false; fault: ErrorData; number: number }

export type StepAnswer =
  /** `target`, `sharedVariables` and `outputParameters` as they are afterwards, as JSON `{"target":…,"sharedVariables":…,"outputParameters":…}`; after PostOperation the target is `null`. */
  | { kind: 'done'; output: string }
  /** It threw an InvalidPluginExecutionError. */
  | { kind: 'refused'; message: string }
  /** It threw something else, whatever that was. */
  | { kind: 'failed'; message: string; stack: string }
  /** It let a fault of the organization service pass. */
  | { kind: 'fault'; number: number; stack: string }
  /** A synchronous step returned a promise, or an asynchronous one's can never settle. */
  | { kind: 'promise'; message: string }
  | { kind: 'timeout' }
  | { kind: 'memory' }
  /** The containment itself broke and was made anew. */
  | { kind: 'broken'; message: string }
