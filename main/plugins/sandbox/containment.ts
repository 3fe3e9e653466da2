import { type Address, type EngineModule, openEngineModule } from './engine-module.ts'
import type { Guest } from './guest.ts'

/** Thrown through the interpreter's frames, to leave an instance that must not go on. */
export class ContainmentBroken extends Error {}

/**
 * One instance of the interpreter, with the worlds of all plug-ins in it. WebAssembly that stopped in the middle of something cannot be
 * trusted any more: from then on the instance is broken, and whatever still runs in it ends.
 */
export class Containment {
  readonly functions: EngineModule['functions']
  readonly memory: EngineModule['memory']
  /** Why it must not be used any more. */
  brokenBy: string | undefined
  /** Calls under way, one within the other. */
  depth = 0
  readonly #guests = new Map<Address, Guest>()
  readonly #encoder = new TextEncoder()
  #released: Guest[] = []

  static async open(): Promise<Containment> {
    return new Containment(await openEngineModule())
  }

  private constructor({ functions, memory }: EngineModule) {
    this.functions = functions
    this.memory = memory
    memory.callbacks = {
      callFunction: (_, context, __, count, args, id) => this.#guest(context).answer(id, count, args),
      shouldInterrupt: (_, runtime) => (this.#guest(runtime).isInterrupted() ? 1 : 0),
      normalizeModule: (_, __, context, base, name) => this.#guest(context).resolveModule(base, name),
      loadModuleSource: (_, __, context, name) => this.#guest(context).moduleSource(name),
      freeHostRef: () => undefined,
    }
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
    try {
      return work()
    } catch (error) {
      this.brokenBy ??= error instanceof Error ? error.message : String(error)
      throw error instanceof ContainmentBroken ? error : new ContainmentBroken(this.brokenBy, { cause: error })
    } finally {
      this.depth -= 1
      if (this.depth === 0) this.#free()
    }
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
      try {
        guest.free()
      } catch (error) {
        this.brokenBy = `A plug-in's world could not be freed: ${error instanceof Error ? error.message : String(error)}`
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
