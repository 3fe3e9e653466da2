import type { Commerce } from '../commerce.ts'
import { accountNumber, readSequence } from '../model/account-numbers.ts'
import type { Channel } from '../store/channels.ts'
import { findChannelByNumber } from '../store/channels.ts'
import { type Customer, findCustomer } from '../store/headquarters.ts'
import { readCounter, readSettings, writeCounter } from '../store/settings.ts'

/**
 * One write transaction of headquarters: hands out versions and account numbers, and keeps both counters when it ends. What the batch job
 * asks for each row is read once.
 */
export class HeadquartersTurn {
  readonly commerce: Commerce
  readonly atMs: number
  #version: number
  #taken: number
  readonly #sequence: ReturnType<typeof readSequence>
  readonly #channels = new Map<number, Channel | undefined>()

  constructor(commerce: Commerce) {
    this.commerce = commerce
    this.atMs = commerce.now()
    this.#version = readCounter(commerce.connection, 'version')
    this.#taken = readCounter(commerce.connection, 'account')
    this.#sequence = readSequence(readSettings(commerce.connection).numberSequence)
  }

  /** Runs a change of headquarters in one write transaction. */
  static write<T>(commerce: Commerce, change: (turn: HeadquartersTurn) => T extends PromiseLike<unknown> ? never : T): T {
    return commerce.connection.write<T>(() => {
      const turn = new HeadquartersTurn(commerce)
      const result = change(turn)
      turn.#keep()
      return result
    })
  }

  #keep(): void {
    writeCounter(this.commerce.connection, 'version', this.#version)
    writeCounter(this.commerce.connection, 'account', this.#taken)
  }

  nextVersion(): number {
    return ++this.#version
  }

  /** Takes the next account number that no customer has; `undefined` where none is left. Nothing is taken then. */
  takeAccountNumber(): string | undefined {
    if (this.#sequence === undefined) return undefined
    for (let taken = this.#taken + 1; ; taken++) {
      const account = accountNumber(this.#sequence, taken)
      if (account === undefined) return undefined
      if (findCustomer(this.commerce.connection, account) !== undefined) continue
      this.#taken = taken
      return account
    }
  }

  channel(number: number): Channel | undefined {
    if (!this.#channels.has(number)) this.#channels.set(number, findChannelByNumber(this.commerce.connection, number))
    return this.#channels.get(number)
  }

  /** Returns the default customer of a channel as headquarters has it now. */
  defaultCustomer(channel: number): Customer | undefined {
    const account = this.channel(channel)?.profile.defaultCustomer ?? null
    const found = account === null ? undefined : findCustomer(this.commerce.connection, account)
    return found?.isDeleted === false ? found : undefined
  }
}
