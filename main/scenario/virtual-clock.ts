import type { Wait } from '../workbench/job-loop.ts'

/** The start of every scenario's time. */
const START_MS = Date.UTC(2026, 0, 1, 9)

interface Sleeper {
  dueMs: number
  wake: () => void
}

/** A clock whose time advances only when all work waits, with ids derived from it, so that two runs give the same times and ids. */
export class VirtualClock {
  #nowMs = START_MS
  #ids = 0
  readonly #sleepers = new Set<Sleeper>()
  #isPassing = false

  readonly now = (): number => this.#nowMs

  /** Waits in virtual time. Waits end in the order in which they are due, without real delay. */
  readonly wait: Wait = (ms, _value, { signal } = {}) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const sleeper = { dueMs: this.#nowMs + ms, wake: resolve }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', () => this.#sleepers.delete(sleeper) && reject(signal.reason), { once: true })
      this.#passLater()
    })

  #passLater(): void {
    if (this.#isPassing || this.#sleepers.size === 0) return
    this.#isPassing = true
    setImmediate(() => {
      this.#isPassing = false
      this.#pass()
      this.#passLater()
    })
  }

  #pass(): void {
    const first = [...this.#sleepers].reduce<Sleeper | undefined>(
      (next, each) => (next && next.dueMs <= each.dueMs ? next : each),
      undefined,
    )
    if (!first) return
    this.#sleepers.delete(first)
    this.#nowMs = Math.max(this.#nowMs, first.dueMs)
    first.wake()
  }

  advance(ms: number): void {
    this.#nowMs += ms
  }

  /** Returns an id like UUID version 7, with the time first and then a counter, so that ids rise in the order of creation. */
  readonly newId = (): string => {
    const time = this.#nowMs.toString(16).padStart(12, '0')
    const count = (++this.#ids).toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${count}`
  }
}
