import type { ErrorData } from './errors.ts'
import type { Permission, PluginFile } from './plugins.ts'

/**
 * The interface by which the engine runs plug-ins. The engine evaluates no module itself; it is given a runtime: the contained one of
 * the product, or one that runs modules in the current thread, for breakpoints and for authors' tests.
 */

/** A plug-in, as read from a folder, a module file or an archive, and as stored in an environment. */
export interface PluginPackage {
  /** Where it came from, for people: a path, or `inline module`. */
  source: string
  /** The folder or file that it was read from and can be read from again; `null` for an inline module or an upload. */
  origin: string | null
  /** Path of the entry module inside the package, for instance `index.ts`. */
  entry: string
  /** Modules, package.json and README.md, with `/` between folders, in the order of their paths. */
  files: PluginFile[]
  /** The text that the user entered at installation, for modules that export a function. */
  configuration: string
}

export interface PluginRuntime {
  /**
   * Evaluates the modules of a package and keeps them until they are disposed of. They reach only what the permissions cover. Modules
   * such as `node:fs` can be imported without their permission but not used, because a package is first evaluated without permissions
   * to learn which ones it asks for.
   * @throws PLUGIN_INVALID with `details` `{ file, line, column }` if known: a syntax error, a module that throws, loops or is missing.
   */
  load(pluginPackage: PluginPackage, permissions: readonly Permission[], limits: SandboxLimits): LoadedPlugin
}

export interface SandboxLimits {
  /** Time limit in milliseconds for evaluating the module, and for each step without a limit of its own. */
  timeMs: number
  memoryMegabytes: number
}

/** One plug-in's module in one thread. */
export interface LoadedPlugin {
  /** The module's default export as plain data: `handler`s are replaced by `true`, other functions by `null`. Not checked. */
  readonly definition: unknown
  /**
   * Runs a synchronous step to its end. `context` is a StepInput as JSON, or two objects on a line each: the part that differs between
   * records, and the part that many records share. Does not throw for anything that the plug-in does.
   */
  run(step: number, context: string, host: StepHost, limitMs: number): StepAnswer
  /** Runs an asynchronous step, which may return a promise. */
  runAsync(step: number, context: string, host: StepHost, limitMs: number): Promise<StepAnswer>
  dispose(): void
}

/**
 * The input of a step: the plain data of StepContext. `target`, `sharedVariables` and `outputParameters` are returned with
 * changes. `inputParameters` holds no `Target` on Create and Update: the runtime puts `target` there.
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
  /** `true` if it is read by `call('parentContext', '[]')`, because few steps use it. */
  parentContext?: unknown
  job?: unknown
}

/** What a step can call outside its module. */
export interface StepHost {
  /** Calls the organization service (or reads `parentContext`), by the method's name, with its arguments as a JSON array. Never throws. */
  call(method: string, args: string): ServiceAnswer
  trace(text: string): void
}

/** The result as JSON (`undefined` for none), or a fault that the step may catch; `number` identifies it if the step does not. */
export type ServiceAnswer = { ok: true; value: string | undefined } | { ok: false; fault: ErrorData; number: number }

export type StepAnswer =
  /** The resulting `target`, `sharedVariables` and `outputParameters` as JSON `{"target":…,"sharedVariables":…,"outputParameters":…}`; after PostOperation the target is `null`. */
  | { kind: 'done'; output: string }
  /** It threw an InvalidPluginExecutionError. */
  | { kind: 'refused'; message: string }
  /** It threw something else. */
  | { kind: 'failed'; message: string; stack: string }
  /** It did not catch a fault of the organization service. */
  | { kind: 'fault'; number: number; stack: string }
  /** A synchronous step returned a promise, or the promise of an asynchronous one can never settle. */
  | { kind: 'promise'; message: string }
  | { kind: 'timeout' }
  | { kind: 'memory' }
  /** The containment broke and was renewed. */
  | { kind: 'broken'; message: string }
