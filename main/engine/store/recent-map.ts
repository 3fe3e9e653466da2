/**
 * Keeps the entries that were used last. Each has a weight; when the newer entries weigh `most` together, the older ones are dropped, so
 * that all of them never weigh more than twice as much, unless a single one does. A look-up costs no more than in a Map.
 */
export class RecentMap<Key, Value> {
  readonly #most: number
  readonly #weigh: (key: Key, value: Value) => number
  #newer = new Map<Key, Value>()
  #older = new Map<Key, Value>()
  #weight = 0

  /** @param weigh returns the weight of an entry. @default 1 for each */
  constructor(most: number, weigh: (key: Key, value: Value) => number = () => 1) {
    this.#most = most
    this.#weigh = weigh
  }

  get size(): number {
    return new Set([...this.#newer.keys(), ...this.#older.keys()]).size
  }

  get(key: Key): Value | undefined {
    const found = this.#newer.get(key)
    if (found !== undefined) return found
    const older = this.#older.get(key)
    if (older !== undefined) this.set(key, older)
    return older
  }

  set(key: Key, value: Value): void {
    this.#weight += this.#weigh(key, value)
    if (this.#weight > this.#most) {
      this.#older = this.#newer
      this.#newer = new Map()
      this.#weight = this.#weigh(key, value)
    }
    this.#newer.set(key, value)
  }

  clear(): void {
    this.#newer.clear()
    this.#older.clear()
    this.#weight = 0
  }
}
