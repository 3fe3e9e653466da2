import type { WriteTurns } from '#engine/contract/engine'

/**
 * SQLite lets one writer in at a time, and waiting for it inside SQLite stands still. So the threads of this process agree
 * first, in shared memory: who holds the right to write, and how many foreground writers wait. A worker begins no batch
 * while somebody waits in the foreground, and gives notice as soon as it has committed.
 */
const HOLDER = 0
const WAITING = 1
const FREE = 0
const FOREGROUND = 1

/** A lost notice, or a foreground that died, cannot stop a worker for longer than this. */
const PATIENCE_MS = 50
const MOST_PATIENCE = 20

export const makeTurns = (): SharedArrayBuffer => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)

/** A worker's side: it may block its thread. Numbers of workers begin at 2. */
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

/** The main thread's side: it waits without blocking. */
export class ForegroundTurns {
  readonly #turns: Int32Array<SharedArrayBuffer>

  constructor(buffer: SharedArrayBuffer) {
    this.#turns = new Int32Array(buffer)
  }

  /** Whether the right to write came within the time. Give it back with `leave`. */
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

  /** A worker that died cannot give back what it held. */
  releaseWorker(worker: number): void {
    release(this.#turns, worker)
  }
}

/** Who held the right before: FREE where it is ours now. */
const take = (turns: Int32Array, holder: number): number => Atomics.compareExchange(turns, HOLDER, FREE, holder)

function release(turns: Int32Array, holder: number): void {
  if (Atomics.compareExchange(turns, HOLDER, holder, FREE) === holder) Atomics.notify(turns, HOLDER)
}
