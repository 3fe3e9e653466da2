import { serviceText } from '#text/english/service'
import type { Message } from '#text/message'
import { inputInvalid } from '../contract/errors.ts'

/** Limits of one request of a step. SQLite has limits of its own, and answers with errors that say nothing to an author. */
export const SERVICE_LIMITS = {
  /** Objects and lists inside each other. */
  depth: 20,
  /** Characters of the name of a table or column, or of an id. */
  nameCharacters: 200,
  /** Characters of one text: what the platform's longest columns hold. */
  textCharacters: 1_048_576,
  /** Columns that a request names, and columns that it writes. */
  columns: 2_000,
  /** Conditions of a query, as on the platform. */
  conditions: 500,
  orders: 50,
  /** Records of one Associate or Disassociate. */
  related: 1_000,
} as const

/** A text of the catalogue that names the method and its limit. */
type SaysLimit = (request: { method: string; most: number }) => Message

/** Checks how deep and how long what a step hands over is, before anything of it is looked at. @throws INPUT_INVALID */
export function checkSize(method: string, args: unknown[]): void {
  let level: unknown[] = args
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > SERVICE_LIMITS.depth) throw overLimit(method, serviceText.tooDeep, SERVICE_LIMITS.depth)
    const below: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string' && value.length > SERVICE_LIMITS.textCharacters)
        throw overLimit(method, serviceText.textTooLong, SERVICE_LIMITS.textCharacters)
      if (typeof value !== 'object' || value === null) continue
      for (const [name, each] of Object.entries(value)) {
        if (name.length > SERVICE_LIMITS.nameCharacters) throw overLimit(method, serviceText.nameTooLong, SERVICE_LIMITS.nameCharacters)
        below.push(each)
      }
    }
    level = below
  }
}

/** Checks that a list of a request is not longer than its limit. @throws INPUT_INVALID */
export function checkCount(method: string, count: number, most: number, says: SaysLimit): void {
  if (count > most) throw overLimit(method, says, most)
}

const overLimit = (method: string, says: SaysLimit, most: number) => inputInvalid(says({ method, most }), { method, most })
