import { type Address, type EngineModule, FULL_METER } from './engine-module.ts'
import type { Guest } from './guest.ts'

const FULL_BYTES = 1024 * 1024 * 1024

/** Thrown through the interpreter's frames, to leave an instance that must not go on. */
export class ContainmentBroken extends Error {}

/** The instance was stopped, since a built-in function came to no end. */
export class EndlessFunction extends ContainmentBroken {}

/** A built-in function called itself too often. JavaScript that does so is stopped by the interpreter, and breaks nothing. */
export class FunctionTooDeep extends ContainmentBroken {}

/**
 * One instance of the interpreter, with the worlds of all plug-ins in it. WebAssembly that stopped in the middle of something cannot be
 * trusted any more: from then on the instance is broken, and whatever still runs in it ends.
 */
export class Containment {
  readonly functions: EngineModule['functions']
  readonly memory: EngineModule['memory']
  /** Why it must not be used any more. */
  brokenBy: string | undefined
  /** To be made anew as soon as nothing of it is under way. */
  isWornOut = false
  /** Calls under way, one within the other. */
  depth = 0
  /** Whose code is executed. */
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

  /** The same instance, as new. Nothing of this one may be under way. */
  renewed(): Containment {
    this.brokenBy ??= 'It was made anew'
    this.#module.reset()
    return new Containment(this.#module)
  }

  /** A plug-in ran out of memory. Where that was not its own doing, since all together hold too much, everything begins anew. */
  ranOutOfMemory(): void {
    if (this.bytes > FULL_BYTES) this.isWornOut = true
  }

  get bytes(): number {
    return this.memory.HEAPU8.length
  }

  /** A guest is found by its runtime and by its context. */
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

  /** Does something inside of the instance. Whatever WebAssembly throws breaks it. @throws ContainmentBroken */
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

  /** Whatever of this instance is still under way stops at its next loop. */
  #break(error: unknown): ContainmentBroken {
    if (error instanceof ContainmentBroken && this.brokenBy !== undefined) return error
    this.#meter.value = -1
    if (this.#isEndless) {
      this.brokenBy = 'A plug-in called a built-in function that came to no end'
      return new EndlessFunction(this.brokenBy)
    }
    if (error instanceof RangeError) {
      this.brokenBy = 'A plug-in called a built-in function that called itself too often'
      return new FunctionTooDeep(this.brokenBy)
    }
    this.brokenBy = error instanceof Error ? error.message : String(error)
    return new ContainmentBroken(this.brokenBy, { cause: error })
  }

  /** Asked while a built-in function is at work. What is stopped there stops in the middle of something. */
  #mustStop(): boolean {
    if (this.brokenBy !== undefined) return true
    this.#refill()
    this.#isEndless = this.running?.isTimeUpInFunction() ?? false
    return this.#isEndless
  }

  #refill(): void {
    if (this.brokenBy === undefined) this.#meter.value = FULL_METER
  }

  /** Frees a guest as soon as none of its calls is under way. */
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

  /** A text in the instance's memory, ended by a zero; to be freed. */
  writeText(text: string): { address: Address; length: number } {
    const { _malloc } = this.memory
    // Three bytes for a UTF-16 unit at most.
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
