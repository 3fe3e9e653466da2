/** Whose time runs while a plug-in does. */
export type SandboxTime = { kind: 'real' } | { kind: 'virtual'; now: () => number; spend: (ms: number) => void }

/** What one interrupt of the engine is worth in virtual time: an endless loop of two minutes ends after about a second. */
const TICK_MS = 100
/** What one emptied meter is worth in virtual time. */
const FUNCTION_MS = 5_000
/** So many calls out of a plug-in's world are worth one interrupt, since a loop of calls is seldom interrupted. */
const CALLS_PER_TICK = 100

/**
 * Says when a run has to stop. A run within another one ends no later than that. In virtual time, time passes by the engine's own
 * count of what it executes, so that the same code is stopped at the same place each time.
 */
export class Timekeeper {
  readonly #time: SandboxTime
  #deadline = Number.POSITIVE_INFINITY
  #ticks = 0
  #calls = 0

  constructor(time: SandboxTime) {
    this.#time = time
  }

  now(): number {
    return this.#time.kind === 'real' ? performance.now() : this.#time.now()
  }

  within<T>(limitMs: number, work: () => T): T {
    const before = { deadline: this.#deadline, ticks: this.#ticks, calls: this.#calls }
    this.#deadline = Math.min(before.deadline, this.now() + limitMs)
    this.#ticks = 0
    this.#calls = 0
    try {
      return work()
    } finally {
      this.#deadline = before.deadline
      this.#ticks = before.ticks
      this.#calls = before.calls
    }
  }

  /** Called with each interrupt of the engine. */
  isTimeUp(): boolean {
    this.#tick()
    return this.now() >= this.#deadline
  }

  get isVirtual(): boolean {
    return this.#time.kind === 'virtual'
  }

  /** Called again and again while a built-in function is at work for long. */
  isTimeUpInFunction(): boolean {
    if (this.#time.kind === 'virtual') this.#time.spend(FUNCTION_MS)
    return this.now() >= this.#deadline
  }

  /** Lets time pass until then, where it does not pass by itself. */
  passUntil(then: number): void {
    if (this.#time.kind === 'virtual') this.#time.spend(Math.max(0, then - this.#time.now()))
  }

  countCall(): void {
    this.#calls += 1
    if (this.#calls % CALLS_PER_TICK === 0) this.#tick()
  }

  #tick(): void {
    // The engine counts on from run to run, so that the first interrupt may be due to what ran before.
    this.#ticks += 1
    if (this.#time.kind === 'virtual' && this.#ticks > 1) this.#time.spend(TICK_MS)
  }
}
