import type { Connection } from '#engine/store/connection'

/** What the domain works with: one connection, and a clock and ids from outside. */
export interface Commerce {
  connection: Connection
  now: () => number
  newId: () => string
}

/** Returns what the domain works with, from what the engine has open. */
export const commerceOf = ({
  connection,
  options: { now, newId },
}: {
  connection: Connection
  options: Pick<Commerce, 'now' | 'newId'>
}): Commerce => ({ connection, now, newId })
