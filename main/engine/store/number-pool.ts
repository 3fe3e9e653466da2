/**
 * Hands out numbers from 1 upwards, each to one holder at a time. Returns the lowest free number first, so that table names with
 * numbers repeat and their prepared statements can be reused.
 */
export class NumberPool {
  readonly #taken = new Set<number>()

  take(): number {
    let number = 1
    while (this.#taken.has(number)) number++
    this.#taken.add(number)
    return number
  }

  giveBack(number: number): void {
    this.#taken.delete(number)
  }
}
