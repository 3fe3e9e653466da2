/**
 * Lends numbers from 1 upwards, each to one borrower at a time. The lowest free number comes first, so that names made of numbers
 * repeat: SQLite finds the statements again that were prepared for them.
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
