import { type Containment, ContainmentBroken } from './containment.ts'
import type { Address } from './engine-module.ts'

/** How a call into a plug-in's world ended. The caller must describe and free a thrown value. */
export type Outcome = { kind: 'value'; value: Address } | { kind: 'thrown'; thrown: Address } | { kind: 'timeout' }

/** Called with the number of a run, and texts. */
export type OutsideFunction = (run: number, ...texts: string[]) => string | number | undefined

export interface GuestOptions {
  memoryBytes: number
  /** Called often while code runs; returns whether to stop it. The code cannot catch that. */
  isTimeUp(): boolean
  /** The same, called while a built-in function runs for long. */
  isTimeUpInFunction(): boolean
  /** Functions that the plug-in's code can call. What they throw is thrown inside as an Error with the same message. */
  outside: Record<string, OutsideFunction>
  modules: {
    /** Returns the name of an imported module. @throws an error whose message the importing module gets */
    resolve(base: string, specifier: string): string
    source(name: string): string
  }
}

/**
 * The interpreter's limit for its stack, in bytes. The WebAssembly stack, which grows with it and must never overflow, is several
 * times as large.
 */
const STACK_BYTES = 192 * 1024
const EVALUATE_SCRIPT = 0
const EVALUATE_MODULE = 1

/** The world of one plug-in: a runtime with one context of its own. All values are addresses in the containment's memory. */
export class Guest {
  readonly containment: Containment
  /** Whether memory was denied since the caller last reset this flag. */
  wasDeniedMemory = false
  readonly #options: GuestOptions
  readonly #outside: OutsideFunction[]
  readonly #runtime: Address
  readonly #context: Address
  #isInterrupted = false
  #grownBytes = 0
  readonly #unresolved = new Map<string, unknown>()
  #isFreed = false
  /** Values that live as long as the guest. */
  readonly #kept: Address[] = []

  constructor(containment: Containment, options: GuestOptions) {
    this.containment = containment
    this.#options = options
    this.#outside = Object.values(options.outside)
    const { functions } = containment
    ;[this.#runtime, this.#context] = containment.enter(() => {
      const runtime = functions.QTS_NewRuntime()
      functions.QTS_RuntimeSetMaxStackSize(runtime, STACK_BYTES)
      functions.QTS_RuntimeEnableInterruptHandler(runtime)
      functions.QTS_RuntimeEnableModuleLoader(runtime, 1)
      const context = functions.QTS_NewContext(runtime, 0)
      containment.add(this, runtime, context)
      functions.QTS_RuntimeSetMemoryLimit(runtime, options.memoryBytes)
      return [runtime, context] as const
    })
  }

  /** Keeps a value until the guest is freed. */
  keep(value: Address): Address {
    this.#kept.push(value)
    return value
  }

  freeValue(value: Address): void {
    if (this.containment.brokenBy === undefined) this.containment.functions.QTS_FreeValuePointer(this.#context, value)
  }

  /** Returns an object with the outside functions. */
  outsideObject(): Address {
    const { functions } = this.containment
    return this.containment.enter(() => {
      const object = functions.QTS_NewObject(this.#context)
      for (const [id, name] of Object.keys(this.#options.outside).entries()) {
        const callee = functions.QTS_NewFunction(this.#context, name, 0, false, id + 1)
        const key = this.#string(name)
        functions.QTS_SetProp(this.#context, object, key, callee)
        this.freeValue(key)
        this.freeValue(callee)
      }
      return this.keep(object)
    })
  }

  evaluate(source: string, file: string, kind: 'script' | 'module'): Outcome {
    const { functions, memory } = this.containment
    return this.#enter(() => {
      const text = this.containment.writeText(source)
      try {
        return functions.QTS_Eval(this.#context, text.address, text.length, file, 0, kind === 'module' ? EVALUATE_MODULE : EVALUATE_SCRIPT)
      } finally {
        memory._free(text.address)
      }
    })
  }

  setGlobal(name: string, value: Address): void {
    const { functions } = this.containment
    this.containment.enter(() => {
      const global = functions.QTS_GetGlobalObject(this.#context)
      const key = this.#string(name)
      functions.QTS_SetProp(this.#context, global, key, value)
      this.freeValue(key)
      this.freeValue(global)
    })
  }

  property(object: Address, name: string): Address {
    return this.containment.enter(() => {
      const key = this.#string(name)
      const value = this.containment.functions.QTS_GetProp(this.#context, object, key)
      this.freeValue(key)
      return value
    })
  }

  /** Calls a function with texts, numbers and values. */
  call(callee: Address, args: (string | number | { value: Address })[]): Outcome {
    const { functions, memory } = this.containment
    return this.#enter(() => {
      const values = args.map((arg) =>
        typeof arg === 'string' ? this.#string(arg) : typeof arg === 'number' ? functions.QTS_NewFloat64(this.#context, arg) : arg.value,
      )
      const list = memory._malloc(4 * values.length + 4)
      new Int32Array(memory.HEAPU8.buffer, list, values.length).set(values)
      const result = functions.QTS_Call(this.#context, callee, functions.QTS_GetUndefined(), values.length, list)
      memory._free(list)
      for (const [index, arg] of args.entries()) if (typeof arg !== 'object') this.freeValue(values[index] as Address)
      return result
    })
  }

  /** Calls a function whose result is a text. */
  ask(
    callee: Address,
    args: (string | number | { value: Address })[],
  ): { kind: 'text'; text: string } | Exclude<Outcome, { kind: 'value' }> {
    // A guest disposed of meanwhile is freed when the outermost call ends, after its answer has been read.
    return this.containment.enter(() => {
      const outcome = this.call(callee, args)
      if (outcome.kind !== 'value') return outcome
      const text = this.#text(outcome.value)
      this.freeValue(outcome.value)
      return { kind: 'text', text }
    })
  }

  promiseState(value: Address): 'none' | 'pending' | 'fulfilled' | 'rejected' {
    const state = this.containment.enter(() => this.containment.functions.QTS_PromiseState(this.#context, value))
    return state < 0 ? 'none' : state === 0 ? 'pending' : state === 1 ? 'fulfilled' : 'rejected'
  }

  promiseResult(value: Address): Address {
    return this.containment.enter(() => this.containment.functions.QTS_PromiseResult(this.#context, value))
  }

  hasJobs(): boolean {
    return this.containment.enter(() => this.containment.functions.QTS_IsJobPending(this.#runtime) !== 0)
  }

  /** Runs pending promise jobs, at most this many. A job that throws rejects its promise. */
  runJobs(most: number): 'done' | 'timeout' {
    const { functions, memory } = this.containment
    const outcome = this.#enter(() => {
      const lastContext = memory._malloc(4)
      const result = functions.QTS_ExecutePendingJob(this.#runtime, most, lastContext)
      memory._free(lastContext)
      return result
    })
    if (outcome.kind === 'value') this.freeValue(outcome.value)
    if (outcome.kind === 'thrown') this.freeValue(outcome.thrown)
    return outcome.kind === 'timeout' ? 'timeout' : 'done'
  }

  /** Frees the guest's memory, now or when its last running call has ended. */
  dispose(): void {
    this.containment.release(this)
  }

  /** Called by the containment only, while no code of the guest runs. */
  free(): void {
    if (this.#isFreed) return
    this.#isFreed = true
    const { functions } = this.containment
    for (const value of this.#kept) functions.QTS_FreeValuePointer(this.#context, value)
    functions.QTS_FreeContext(this.#context)
    functions.QTS_FreeRuntime(this.#runtime)
    this.containment.remove(this.#runtime, this.#context)
  }

  #enter(work: () => Address): Outcome {
    const { functions } = this.containment
    return this.containment.enter(() => {
      const before = { isInterrupted: this.#isInterrupted, running: this.containment.running }
      this.#isInterrupted = false
      this.containment.running = this
      try {
        const value = work()
        const thrown = functions.QTS_ResolveException(this.#context, value)
        if (this.#isInterrupted) {
          this.freeValue(thrown === 0 ? value : thrown)
          return { kind: 'timeout' }
        }
        return thrown === 0 ? { kind: 'value', value } : { kind: 'thrown', thrown }
      } finally {
        this.#isInterrupted = before.isInterrupted
        this.containment.running = before.running
      }
    })
  }

  #string(text: string): Address {
    const written = this.containment.writeText(text)
    const value = this.containment.functions.QTS_NewString(this.#context, written.address)
    this.containment.memory._free(written.address)
    return value
  }

  #text(value: Address): string {
    const { functions, memory } = this.containment
    const address = functions.QTS_GetString(this.#context, value)
    if (address === 0) return ''
    const text = memory.UTF8ToString(address)
    functions.QTS_FreeCString(this.#context, address)
    return text
  }

  // ── What the interpreter asks for while code runs ──────────────────────────────────────────────

  isInterrupted(): boolean {
    if (!this.#options.isTimeUp()) return false
    this.#isInterrupted = true
    return true
  }

  isTimeUpInFunction(): boolean {
    return this.#options.isTimeUpInFunction()
  }

  /** Counts the memory that the containment grows by while this guest's code runs; returns whether it may grow. */
  mayGrow(bytes: number): boolean {
    if (this.#grownBytes + bytes > this.#options.memoryBytes) {
      this.wasDeniedMemory = true
      return false
    }
    this.#grownBytes += bytes
    return true
  }

  answer(id: number, count: number, args: Address): Address {
    const { functions } = this.containment
    const outside = this.#outside[id - 1]
    if (outside === undefined) throw new ContainmentBroken('The interpreter called a function that is not there')
    return this.#guarded(() => {
      const run = count === 0 ? 0 : functions.QTS_GetFloat64(this.#context, functions.QTS_ArgvGetJSValueConstPointer(args, 0))
      const texts: string[] = []
      for (let n = 1; n < count; n += 1) texts.push(this.#text(functions.QTS_ArgvGetJSValueConstPointer(args, n)))
      const result = outside(run, ...texts)
      if (result === undefined) return 0
      return typeof result === 'number' ? functions.QTS_NewFloat64(this.#context, result) : this.#string(result)
    })
  }

  /** Resolves a module name. A name that cannot be resolved is replaced by one that fails to load, because only loading can report a reason. */
  resolveModule(base: string, specifier: string): Address {
    let name: string
    try {
      name = this.#options.modules.resolve(base, specifier)
    } catch (error) {
      name = `unresolved:${this.#unresolved.size}`
      this.#unresolved.set(name, error)
    }
    return this.#guarded(() => this.containment.writeText(name).address, 0)
  }

  moduleSource(name: string): Address {
    return this.#guarded(() => {
      const unresolved = this.#unresolved.get(name)
      if (unresolved !== undefined) {
        this.#unresolved.delete(name)
        throw unresolved
      }
      return this.containment.writeText(this.#options.modules.source(name)).address
    }, 0)
  }

  /** Runs work and throws its error inside the interpreter; then returns the value that signals an exception. */
  #guarded(work: () => Address, afterThrow?: Address): Address {
    const { functions } = this.containment
    let failure: unknown
    try {
      const address = work()
      if (this.containment.brokenBy === undefined) return address
    } catch (error) {
      failure = error
    }
    // Another plug-in, called from this one, has broken the instance.
    if (this.containment.brokenBy !== undefined) throw new ContainmentBroken(this.containment.brokenBy)
    if (failure instanceof ContainmentBroken) throw failure
    const error = functions.QTS_NewError(this.#context)
    const key = this.#string('message')
    const message = this.#string(failure instanceof Error ? failure.message : String(failure))
    functions.QTS_SetProp(this.#context, error, key, message)
    this.freeValue(key)
    this.freeValue(message)
    const thrown = functions.QTS_Throw(this.#context, error)
    this.freeValue(error)
    return afterThrow ?? thrown
  }
}
