/**
 * The jobs that were open in a file from somebody else when it was opened. They are held until the user lets them continue; jobs that are
 * created afterwards run as usual. Numbers of jobs rise, so that one number tells them apart.
 */
export class HeldJobs {
  #upTo = 0
  readonly #released = new Set<number>()

  /** Holds the jobs up to this number. */
  hold(upTo: number): void {
    this.#upTo = upTo
  }

  /** Releases one job, which the user has moved by hand. */
  release(number: number): void {
    if (number <= this.#upTo) this.#released.add(number)
  }

  releaseAll(): void {
    this.#upTo = 0
    this.#released.clear()
  }

  isHeld(number: number): boolean {
    return number <= this.#upTo && !this.#released.has(number)
  }

  /** The number up to which jobs are held, and those that are not. */
  get range(): { upTo: number; released: number[] } {
    return { upTo: this.#upTo, released: [...this.#released] }
  }
}
