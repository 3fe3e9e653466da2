import type { StagedOperation } from '../commerce/channels/operation.ts'

/** Maps the customers that a file names to accounts, and its named steps to the rows that they have staged. */
export class CommerceAliases {
  readonly #accounts = new Map<string, string>()
  readonly #operations = new Map<string, StagedOperation[]>()

  /** Remembers the account that a channel gave to a customer. */
  addCustomer(alias: string, account: string): void {
    this.#accounts.set(alias, account)
  }

  /** Returns the account of a customer; a declared one has its name as its account. */
  accountOf(alias: string): string {
    return this.#accounts.get(alias) ?? alias
  }

  /** Returns the name of the customer with one of these accounts; else the account itself. */
  nameOf(accounts: readonly (string | null)[]): string {
    for (const [alias, account] of this.#accounts) if (accounts.includes(account)) return alias
    return accounts.find((account) => account !== null) ?? ''
  }

  rememberOperations(step: string, operations: StagedOperation[]): void {
    this.#operations.set(step, operations)
  }

  /** Returns the rows that a step has staged; none for a step that staged nothing. */
  operationsOf(step: string): StagedOperation[] {
    return this.#operations.get(step) ?? []
  }
}
