/** A request that the browser host does not serve: the status and a sentence for the person. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
