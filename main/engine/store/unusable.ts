import { storeText } from '#text/english/store'
import type { Message } from '#text/message'
import type { Phrase } from '#text/parameters'
import { EngineError } from '../contract/errors.ts'
import type { Connection } from './connection.ts'

/** Makes the error of a file that cannot be opened, with what to do about it. */
export const unusable = (path: string, reason: Phrase, hint: Message, cause?: unknown): EngineError =>
  new EngineError('ENVIRONMENT_UNUSABLE', storeText.cannotBeOpened({ path, reason }), {
    hint,
    details: { path },
    ...(cause === undefined ? {} : { cause }),
  })

/** Makes the error of a row that the product did not write, or that was damaged afterwards. */
export function contentInvalid(connection: Connection, table: string, column: string, value: unknown): EngineError {
  const path = connection.db.name
  return new EngineError('ENVIRONMENT_UNUSABLE', storeText.contentInvalid({ path, place: `${table}.${column}`, value: shown(value) }), {
    hint: storeText.contentHint,
    details: { path, table, column },
  })
}

const LONGEST_SHOWN = 60

/** Returns a stored value as text, shortened. */
export function shown(value: unknown): string {
  const text = value instanceof Uint8Array ? `x'${Buffer.from(value.subarray(0, LONGEST_SHOWN)).toString('hex')}'` : asText(value)
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, LONGEST_SHOWN + 1) : (JSON.stringify(value) ?? 'undefined')

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
