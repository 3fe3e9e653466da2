import { didYouMean, listed } from '#engine/model/nearest'
import type { CommerceOperation } from '../commerce/api/operations.ts'
import { invalid, type Located, type Position } from './scenario-error.ts'

/** Knows the channels, customers, addresses and sales that a file declares or makes. Methods throw a ScenarioError for an unknown name. */
export class CommerceNames {
  readonly #channels = new Set<string>()
  readonly #customers = new Set<string>()
  /** Ids of addresses by their customer. */
  readonly #addresses = new Map<string, Set<string>>()
  readonly #sales = new Set<string>()
  /** What the steps with names have staged, by the kind of operation. */
  readonly #operations = new Map<string, CommerceOperation['name']>()

  defineChannel(name: string): void {
    this.#channels.add(name)
  }

  defineCustomer({ value, at }: Located<string>): void {
    if (this.#customers.has(value)) throw invalid(`There are two customers "${value}".`, at)
    this.#customers.add(value)
  }

  defineAddress(customer: string, address: string): void {
    this.#addresses.set(customer, (this.#addresses.get(customer) ?? new Set()).add(address))
  }

  defineSale({ value, at }: Located<string>): void {
    if (this.#sales.has(value)) throw invalid(`There are two orders or sales "${value}".`, at)
    this.#sales.add(value)
  }

  defineOperation(step: string, operation: CommerceOperation['name']): void {
    this.#operations.set(step, operation)
  }

  channel({ value, at }: Located<string>): string {
    return known('channel', this.#channels, value, at)
  }

  /** Returns a channel, or `headquarters`. */
  database({ value, at }: Located<string>): string {
    return known('database', new Set(['headquarters', ...this.#channels]), value, at)
  }

  customer({ value, at }: Located<string>): string {
    return known('customer', this.#customers, value, at)
  }

  isCustomer(name: string): boolean {
    return this.#customers.has(name)
  }

  address(customer: string, { value, at }: Located<string>): string {
    return known(`address of the customer "${customer}"`, this.#addresses.get(customer) ?? new Set(), value, at)
  }

  /** Returns the kind of operation of an earlier step. */
  operation({ value, at }: Located<string>): CommerceOperation['name'] {
    known('earlier step with an operation on a customer', new Set(this.#operations.keys()), value, at)
    return this.#operations.get(value) as CommerceOperation['name']
  }
}

function known(what: string, names: ReadonlySet<string>, value: string, at: Position): string {
  if (names.has(value)) return value
  const list = [...names]
  throw invalid(`There is no ${what} "${value}".${didYouMean(value, list)}${list.length === 0 ? '' : ` There are: ${listed(list)}.`}`, at)
}
