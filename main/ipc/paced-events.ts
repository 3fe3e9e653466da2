import type { EventMessage } from '../../preload/wire.ts'

/** At most five a second, because each makes lists read again. */
const LISTS_EVERY_MS = 200
/** At most twenty a second, more than people can perceive. */
const PROGRESS_EVERY_MS = 50

export interface PacedEvents {
  accept(message: EventMessage): void
  /** Stops sending. */
  close(): void
}

/**
 * Limits the rate of events. Sends the first event at once; of those that follow within the interval it keeps the latest
 * for each job and each piece of work, and sends it at the end of the interval. Record changes are merged.
 */
export function paceEvents(send: (message: EventMessage) => void): PacedEvents {
  const lists = new Pace(LISTS_EVERY_MS, send)
  const progress = new Pace(PROGRESS_EVERY_MS, send)
  return {
    accept(message) {
      switch (message.event) {
        case 'records':
          return lists.put('records', message, joinTables)
        case 'job':
          return progress.put(`job ${message.data.id}`, message)
        case 'jobProgress':
          return progress.put(`jobProgress ${message.data.id}`, message)
        case 'progress':
          return progress.put(`progress ${message.data.id}`, message)
        case 'trace':
        case 'jobs':
          return lists.put(message.event, message)
        case 'environment': // What waits belongs to the environment before.
          lists.clear()
          progress.clear()
          return send(message)
        default:
          return send(message)
      }
    },
    close() {
      lists.clear()
      progress.clear()
    },
  }
}

type Join = (before: EventMessage, after: EventMessage) => EventMessage

const joinTables: Join = (before, after) =>
  before.event === 'records' && after.event === 'records'
    ? { event: 'records', data: { tables: [...new Set([...before.data.tables, ...after.data.tables])] } }
    : after

class Pace {
  readonly #everyMs: number
  readonly #send: (message: EventMessage) => void
  readonly #waiting = new Map<string, EventMessage>()
  #timer: NodeJS.Timeout | null = null

  constructor(everyMs: number, send: (message: EventMessage) => void) {
    this.#everyMs = everyMs
    this.#send = send
  }

  put(key: string, message: EventMessage, join: Join = (_, after) => after): void {
    const before = this.#waiting.get(key)
    this.#waiting.set(key, before ? join(before, message) : message)
    if (this.#timer === null) this.#sendWaiting()
  }

  clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#waiting.clear()
  }

  #sendWaiting(): void {
    const due = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#timer = due.length === 0 ? null : setTimeout(() => this.#sendWaiting(), this.#everyMs)
    for (const message of due) this.#send(message)
  }
}
