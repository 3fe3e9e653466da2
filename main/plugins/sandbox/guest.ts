import { type Containment, ContainmentBroken } from './containment.ts'
import type { Address } from './engine-module.ts'

/** How a call into a plug-in's world ended. `thrown` is what the call threw, to be described and freed. */
export type Outcome = { kind: 'value'; value: Address } | { kind: 'thrown'; thrown: Address } | { kind: 'timeout' }

/** Called with the number of a run, and texts. */
export type OutsideFunction = (run: number, ...texts: string[]) => string | number | undefined

export interface GuestOptions {
  memoryBytes: number
  /** Asked often while code runs: whether it has to stop. What is stopped cannot catch it. */
  isTimeUp(): boolean
  /** The same while a built-in function is at work for long. */
  isTimeUpInFunction(): boolean
  /** Functions that its code can call. What they throw is thrown inside as an Error of this message. */
  outside: Record<string, OutsideFunction>
  modules: {
    /** The name of a module that another one asks for. @throws an error whose message the importing module gets */
    resolve(base: string, specifier: string): string
    source(name: string): string
  }
}

/**
 * The interpreter's own measure of its stack. The stack of WebAssembly, which grows with it and must never overflow, holds
 * several times as much.
 */
const STACK_BYTES = 192 * 1024
const EVALUATE_SCRIPT = 0
const EVALUATE_MODULE = 1

/** The world of one plug-in: a runtime with one context, shared with nobody. All values are addresses in the containment's memory. */
export class Guest {
  readonly containment: Containment
  /** Since whoever runs its code has last set it back. */
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

  /** Values are freed with their guest, so that nobody has to keep account of them one by one. */
  keep(value: Address): Address {
    this.#kept.push(value)
    return value
  }

  freeValue(value: Address): void {
    if (this.containment.brokenBy === undefined) this.containment.functions.QTS_FreeValuePointer(this.#context, value)
  }

  /** An object with the functions outside. */
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

  /** A call whose answer is a text. */
  ask(
    callee: Address,
    args: (string | number | { value: Address })[],
  ): { kind: 'text'; text: string } | Exclude<Outcome, { kind: 'value' }> {
    // A guest that was disposed of meanwhile is freed when the outermost call ends: not before its answer has been read.
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

  /** Runs what promises wait for, at most so many of them. What one throws is its promise's affair. */
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

  /** Gives its memory back, at once or when the last call under way has ended. */
  dispose(): void {
    this.containment.release(this)
  }

  /** For the containment alone, when nothing runs. */
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

  /** Counts what the containment takes of the computer's memory while this guest's code is executed. */
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

  /** A name that cannot be resolved gets one that cannot be loaded: only there can the interpreter be told why. */
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

  /** Throws inside what work throws here, and answers what the interpreter takes for "thrown". */
  #guarded(work: () => Address, afterThrow?: Address): Address {
    const { functions } = this.containment
    let failure: unknown
    try {
      const address = work()
      if (this.containment.brokenBy === undefined) return address
    } catch (error) {
      failure = error
    }
    // A call of the plug-in went through another one that broke the instance.
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
