import { createHmac } from 'node:crypto'
import { statSync } from 'node:fs'
import { z } from 'zod'
import { createdOn } from './bootstrap.ts'
import type { Connection } from './connection.ts'
import { administratorOf } from './owners.ts'

/**
 * Which users know an environment: those who made it, and those who let its jobs continue. Each has left a keyed hash that nobody else can
 * make. It covers the file's own number in the file system, so that a copy that comes back from somebody else is not known.
 */

const SETTING = 'knownTo'

/** Several users may exchange a file; the oldest marks go. */
const MOST_MARKS = 16

const marks = z.array(z.string()).catch([])

/** Returns whether the user with this key knows the environment. */
export const isKnownTo = (connection: Connection, key: string): boolean => readMarks(connection).includes(markOf(connection, key))

/** Stores that the user with this key knows the environment. */
export function makeKnownTo(connection: Connection, key: string): void {
  const known = [...readMarks(connection), markOf(connection, key)].slice(-MOST_MARKS)
  connection.write(() => {
    connection
      .statement<[string, string]>(
        'INSERT INTO _setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(SETTING, JSON.stringify(known))
  })
}

function readMarks(connection: Connection): string[] {
  const found = connection.statement<[string], { value: string }>('SELECT value FROM _setting WHERE name = ?').get(SETTING)
  if (!found) return []
  try {
    return marks.parse(JSON.parse(found.value))
  } catch {
    return []
  }
}

function markOf(connection: Connection, key: string): string {
  const { ino } = statSync(connection.db.name, { bigint: true })
  const identity = ['environment', administratorOf(connection).id, createdOn(connection), String(ino)]
  return createHmac('sha256', key).update(JSON.stringify(identity)).digest('hex')
}
