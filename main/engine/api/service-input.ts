import { serviceText } from '#text/english/service'
import type { Message } from '#text/message'
import { inputInvalid, shortened } from '../contract/errors.ts'
import { didYouMean, listed } from '../model/nearest.ts'

/** An object that a step handed over. */
export type Given = Record<string, unknown>

/** A text about a call: which method it was, and what it was given. */
export type SaysOfCall = (call: { method: string; given: string }) => Message

/** Returns the error of a call that was given something else than it takes. */
export const wrong = (method: string, says: SaysOfCall, given: unknown) =>
  inputInvalid(says({ method, given: shortened(JSON.stringify(given) ?? String(given)) }), { method })

/**
 * Returns what is an object, with no other keys than these where some are given.
 * @throws INPUT_INVALID for anything else, with the nearest key for a misspelt one: a misspelt condition would mean every row
 */
export function objectOf(value: unknown, method: string, says: SaysOfCall, keys?: readonly string[]): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(method, says, value)
  const unknown = keys && Object.keys(value).find((key) => !keys.includes(key))
  if (keys && unknown !== undefined)
    throw inputInvalid(serviceText.keyUnknown({ method, key: shortened(unknown), meant: didYouMean(unknown, keys), known: listed(keys) }), {
      method,
      key: shortened(unknown),
    })
  return value as Given
}
