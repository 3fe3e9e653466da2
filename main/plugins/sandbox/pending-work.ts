import { setTimeout as wait } from 'node:timers/promises'
import { answerRequest } from './requests.ts'
import type { Timekeeper } from './time.ts'

/** An expired timer or a completed request of an asynchronous run. */
export type Arrival = { kind: 'timer'; timer: number } | { kind: 'response'; request: number; answer: string }

/** Time limit of a request in virtual time, in milliseconds of real time. */
const LONGEST_REQUEST_MS = 30_000

/** The timers and requests of one asynchronous run. */
export class PendingWork {
  readonly #time: Timekeeper
  readonly #timers = new Map<number, number>()
  readonly #requests = new Map<number, Promise<Arrival>>()
  readonly #abort = new AbortController()
  readonly #nextNumber: () => number

  constructor(time: Timekeeper, nextNumber: () => number) {
    this.#time = time
    this.#nextNumber = nextNumber
  }

  get isEmpty(): boolean {
    return this.#timers.size === 0 && this.#requests.size === 0
  }

  setTimer(ms: number): number {
    const timer = this.#nextNumber()
    this.#timers.set(timer, this.#time.now() + Math.max(0, ms))
    return timer
  }

  clearTimer(timer: number): void {
    this.#timers.delete(timer)
  }

  request(json: string): number {
    const request = this.#nextNumber()
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(LONGEST_REQUEST_MS)])
    this.#requests.set(
      request,
      answerRequest(json, signal).then((answer) => ({ kind: 'response', request, answer })),
    )
    return request
  }

  /** Waits for the next arrival; `undefined` if there is none before the deadline. */
  async next(deadline: number): Promise<Arrival | undefined> {
    const [timer, due] = [...this.#timers].reduce<[number, number]>(
      (first, entry) => (entry[1] < first[1] ? entry : first),
      [0, Number.POSITIVE_INFINITY],
    )
    const arrival = this.#time.isVirtual
      ? await this.#nextInVirtualTime(timer, due, deadline)
      : await this.#nextInTime(timer, due, deadline)
    if (arrival?.kind === 'timer') this.#timers.delete(arrival.timer)
    if (arrival?.kind === 'response') this.#requests.delete(arrival.request)
    return arrival
  }

  /** Waits for requests in real time, and lets timers expire at once. */
  async #nextInVirtualTime(timer: number, due: number, deadline: number): Promise<Arrival | undefined> {
    if (this.#requests.size > 0) return Promise.race(this.#requests.values())
    this.#time.passUntil(Math.min(due, deadline))
    return due <= deadline ? { kind: 'timer', timer } : undefined
  }

  async #nextInTime(timer: number, due: number, deadline: number): Promise<Arrival | undefined> {
    const over = new AbortController()
    const alarm = wait(Math.max(0, Math.ceil(Math.min(due, deadline) - this.#time.now())), undefined, { signal: over.signal }).then(
      (): Arrival | undefined => (due <= deadline ? { kind: 'timer', timer } : undefined),
      () => undefined,
    )
    try {
      return await Promise.race([alarm, ...this.#requests.values()])
    } finally {
      over.abort()
    }
  }

  close(): void {
    this.#abort.abort()
    this.#timers.clear()
    this.#requests.clear()
  }
}
