import type { WriteTurns } from '#engine/contract/engine'

/**
 * SQLite allows one writer at a time, and waiting for it inside SQLite blocks the thread. So the threads of this process agree
 * first, in shared memory: who has the right to write, and how many foreground writers wait. A worker begins no batch
 * while a foreground writer waits, and notifies the others as soon as it has committed.
 */
const HOLDER = 0
const WAITING = 1
/** The holder while nobody has the right to write. */
export const FREE = 0
const FOREGROUND = 1

/** Longest wait of a worker in milliseconds, in case a notification is lost or the foreground thread has ended. */
const PATIENCE_MS = 50
const MOST_PATIENCE = 20

export const makeTurns = (): SharedArrayBuffer => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)

/** Returns the write turns of a worker, which may block its thread. Numbers of workers begin at 2. */
export function workerTurns(buffer: SharedArrayBuffer, worker: number): WriteTurns {
  const turns = new Int32Array(buffer)
  return {
    enter() {
      for (let waited = 0; Atomics.load(turns, WAITING) > 0 && waited < MOST_PATIENCE; waited++)
        Atomics.wait(turns, WAITING, Atomics.load(turns, WAITING), PATIENCE_MS)
      for (let holder = take(turns, worker); holder !== FREE; holder = take(turns, worker)) Atomics.wait(turns, HOLDER, holder, PATIENCE_MS)
    },
    leave: () => release(turns, worker),
  }
}

/** The write turns of the main thread, which waits without blocking. */
export class ForegroundTurns {
  readonly #turns: Int32Array<SharedArrayBuffer>

  constructor(buffer: SharedArrayBuffer) {
    this.#turns = new Int32Array(buffer)
  }

  /** The number of who has the right to write. */
  get holder(): number {
    return Atomics.load(this.#turns, HOLDER)
  }

  /** Waits for the right to write. Returns whether it was granted within the time; `leave` releases it. */
  async enter(withinMs: number): Promise<boolean> {
    const turns = this.#turns
    const untilMs = performance.now() + withinMs
    Atomics.add(turns, WAITING, 1)
    try {
      for (let holder = take(turns, FOREGROUND); holder !== FREE; holder = take(turns, FOREGROUND)) {
        const leftMs = untilMs - performance.now()
        if (leftMs <= 0) return false
        await Atomics.waitAsync(turns, HOLDER, holder, Math.min(leftMs, PATIENCE_MS)).value
      }
      return true
    } finally {
      Atomics.sub(turns, WAITING, 1)
      Atomics.notify(turns, WAITING)
    }
  }

  leave(): void {
    release(this.#turns, FOREGROUND)
  }

  /** Releases the right to write of a worker that has ended. */
  releaseWorker(worker: number): void {
    release(this.#turns, worker)
  }
}

/** Tries to take the right to write. Returns the previous holder: FREE if it was granted. */
const take = (turns: Int32Array, holder: number): number => Atomics.compareExchange(turns, HOLDER, FREE, holder)

function release(turns: Int32Array, holder: number): void {
  if (Atomics.compareExchange(turns, HOLDER, holder, FREE) === holder) Atomics.notify(turns, HOLDER)
}
