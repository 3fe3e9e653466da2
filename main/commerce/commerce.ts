import type { Connection } from '#engine/store/connection'

/** What the domain works with: one connection, and a clock and ids from outside. */
export interface Commerce {
  connection: Connection
  now: () => number
  newId: () => string
}
