import { type Address, type EngineModule, FULL_METER } from './engine-module.ts'
import type { Guest } from './guest.ts'

const FULL_BYTES = 1024 * 1024 * 1024

/** Thrown through the interpreter's frames to leave an instance that must not continue. */
export class ContainmentBroken extends Error {}

/** The instance was stopped because a built-in function did not end. */
export class EndlessFunction extends ContainmentBroken {}

/** A built-in function recursed too deeply. JavaScript that recurses too deeply is stopped by the interpreter and breaks nothing. */
export class FunctionTooDeep extends ContainmentBroken {}

/**
 * One instance of the interpreter with the worlds of all plug-ins. WebAssembly that was stopped in the middle of a function is in an
 * unknown state: the instance is then broken, and all calls into it end.
 */
export class Containment {
  readonly functions: EngineModule['functions']
  readonly memory: EngineModule['memory']
  /** Why the instance must not be used any more. */
  brokenBy: string | undefined
  /** Whether to renew the instance once no call into it is running. */
  isWornOut = false
  /** Number of nested calls into the instance. */
  depth = 0
  /** The guest whose code is running. */
  running: Guest | undefined
  readonly #module: EngineModule
  readonly #meter: EngineModule['meter']
  readonly #guests = new Map<Address, Guest>()
  readonly #encoder = new TextEncoder()
  #isEndless = false
  #released: Guest[] = []

  constructor(module: EngineModule) {
    const { functions, memory, meter } = module
    this.#module = module
    this.functions = functions
    this.memory = memory
    this.#meter = meter
    module.mayGrow = (bytes) => this.running?.mayGrow(bytes) ?? true
    module.mustStop = () => this.#mustStop()
    memory.callbacks = {
      callFunction: (_, context, __, count, args, id) => this.#guest(context).answer(id, count, args),
      shouldInterrupt: (_, runtime) => {
        this.#refill()
        return this.#guest(runtime).isInterrupted() ? 1 : 0
      },
      normalizeModule: (_, __, context, base, name) => this.#guest(context).resolveModule(base, name),
      loadModuleSource: (_, __, context, name) => this.#guest(context).moduleSource(name),
      freeHostRef: () => undefined,
    }
  }

  /** Resets the instance to its initial state and returns it. No call into it may be running. */
  renewed(): Containment {
    this.brokenBy ??= 'It was made anew'
    this.#module.reset()
    return new Containment(this.#module)
  }

  /** Handles a plug-in that ran out of memory. If all plug-ins together use too much, marks the instance for renewal. */
  ranOutOfMemory(): void {
    if (this.bytes > FULL_BYTES) this.isWornOut = true
  }

  get bytes(): number {
    return this.memory.HEAPU8.length
  }

  /** Registers a guest under the addresses of its runtime and its context. */
  add(guest: Guest, ...addresses: Address[]): void {
    for (const address of addresses) this.#guests.set(address, guest)
  }

  remove(...addresses: Address[]): void {
    for (const address of addresses) this.#guests.delete(address)
  }

  #guest(address: Address): Guest {
    const guest = this.#guests.get(address)
    if (guest === undefined) throw new ContainmentBroken('The interpreter called for a plug-in that is not there')
    return guest
  }

  /** Calls into the instance. Anything that WebAssembly throws breaks the instance. @throws ContainmentBroken */
  enter<T>(work: () => T): T {
    if (this.brokenBy !== undefined) throw new ContainmentBroken(this.brokenBy)
    this.depth += 1
    this.#refill()
    try {
      return work()
    } catch (error) {
      throw this.#break(error)
    } finally {
      this.depth -= 1
      if (this.depth === 0) this.#free()
    }
  }

  /** Marks the instance as broken; running calls stop at their next loop. */
  #break(error: unknown): ContainmentBroken {
    if (error instanceof ContainmentBroken && this.brokenBy !== undefined) return error
    this.#meter.value = -1
    if (this.#isEndless) {
      this.brokenBy = 'A plug-in called a built-in function that did not end'
      return new EndlessFunction(this.brokenBy)
    }
    if (error instanceof RangeError) {
      this.brokenBy = 'A plug-in called a built-in function that recursed too deeply'
      return new FunctionTooDeep(this.brokenBy)
    }
    this.brokenBy = error instanceof Error ? error.message : String(error)
    return new ContainmentBroken(this.brokenBy, { cause: error })
  }

  /** Returns whether to stop a built-in function that is running. Stopping one breaks the instance. */
  #mustStop(): boolean {
    if (this.brokenBy !== undefined) return true
    this.#refill()
    this.#isEndless = this.running?.isTimeUpInFunction() ?? false
    return this.#isEndless
  }

  #refill(): void {
    if (this.brokenBy === undefined) this.#meter.value = FULL_METER
  }

  /** Frees a guest once none of its calls is running. */
  release(guest: Guest): void {
    this.#released.push(guest)
    if (this.depth === 0) this.#free()
  }

  #free(): void {
    const released = this.#released
    this.#released = []
    for (const guest of released) {
      if (this.brokenBy !== undefined) return
      this.#refill()
      try {
        guest.free()
      } catch (error) {
        this.#break(error)
      }
    }
  }

  /** Writes a zero-terminated text to the instance's memory. The caller must free it. */
  writeText(text: string): { address: Address; length: number } {
    const { _malloc } = this.memory
    // A UTF-16 unit takes at most three bytes.
    const isSmall = text.length < 1_000_000
    const bytes = isSmall ? undefined : this.#encoder.encode(text)
    const room = (bytes === undefined ? text.length * 3 : bytes.length) + 1
    const address = _malloc(room)
    if (address === 0) throw new ContainmentBroken('The interpreter has no memory left')
    const heap = this.memory.HEAPU8
    let length: number
    if (bytes === undefined) length = this.#encoder.encodeInto(text, heap.subarray(address, address + room)).written
    else {
      heap.set(bytes, address)
      length = bytes.length
    }
    heap[address + length] = 0
    return { address, length }
  }
}
