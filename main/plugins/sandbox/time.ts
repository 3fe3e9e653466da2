/** The time by which a plug-in's limits are measured. */
export type SandboxTime = { kind: 'real' } | { kind: 'virtual'; now: () => number; spend: (ms: number) => void }

/** Virtual time of one interrupt, in milliseconds: an endless loop of two virtual minutes ends after about a real second. */
const TICK_MS = 100
/** Virtual time of one used-up meter, in milliseconds. */
const FUNCTION_MS = 5_000
/** Number of calls out of a plug-in's world that count as one interrupt, because a loop of calls is seldom interrupted. */
const CALLS_PER_TICK = 100

/**
 * Decides when a run has to stop. A nested run ends no later than the outer one. Virtual time advances with what the interpreter
 * executes, so that the same code is stopped at the same place in each run.
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

  /** Called with each interrupt of the interpreter. Returns whether to stop. */
  isTimeUp(): boolean {
    this.#tick()
    return this.now() >= this.#deadline
  }

  get isVirtual(): boolean {
    return this.#time.kind === 'virtual'
  }

  /** Called repeatedly while a built-in function runs for long. Returns whether to stop. */
  isTimeUpInFunction(): boolean {
    if (this.#time.kind === 'virtual') this.#time.spend(FUNCTION_MS)
    return this.now() >= this.#deadline
  }

  /** Advances virtual time to this moment; does nothing in real time. */
  passUntil(then: number): void {
    if (this.#time.kind === 'virtual') this.#time.spend(Math.max(0, then - this.#time.now()))
  }

  countCall(): void {
    this.#calls += 1
    if (this.#calls % CALLS_PER_TICK === 0) this.#tick()
  }

  #tick(): void {
    // The interpreter keeps counting across runs, so the first interrupt may be caused by the previous run.
    this.#ticks += 1
    if (this.#time.kind === 'virtual' && this.#ticks > 1) this.#time.spend(TICK_MS)
  }
}
