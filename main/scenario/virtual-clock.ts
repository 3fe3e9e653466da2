/** Where every scenario's time begins. */
const START_MS = Date.UTC(2026, 0, 1, 9)

/** Time that passes only when somebody waits, and ids that follow from it: two runs see the same of both. */
export class VirtualClock {
  #nowMs = START_MS
  #ids = 0

  readonly now = (): number => this.#nowMs

  /** Passes at once. Others get their turn meanwhile, as they would while real time passes. */
  readonly wait = async (ms: number): Promise<void> => {
    this.#nowMs += ms
    await new Promise((resolve) => setImmediate(resolve))
  }

  advance(ms: number): void {
    this.#nowMs += ms
  }

  /** Shaped like version 7: the time first, then a counter, so that ids rise in the order of their making. */
  readonly newId = (): string => {
    const time = this.#nowMs.toString(16).padStart(12, '0')
    const count = (++this.#ids).toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${count}`
  }
}
