import { verbatim } from './english/verbatim.ts'
import { inEnglish } from './english.ts'
import { isMessage, type Message } from './message.ts'

/** Returns a message as a file keeps it. */
export const storedMessage = (message: Message): string => JSON.stringify(message)

/** Reads a message from a file. A sentence that an older version kept, and what is no message of ours, is shown as it is. */
export function readStoredMessage(stored: string): Message {
  if (stored.startsWith('{')) {
    try {
      const value: unknown = JSON.parse(stored)
      if (isPhrase(value, 0) && isMessage(value) && canBeSaid(value)) return value
    } catch {
      // A sentence that happens to begin with a brace.
    }
  }
  return verbatim.text({ text: stored })
}

/** Messages within messages, of which the product writes three. */
const DEEPEST = 6

/** Returns whether a value is a message all the way down. */
function isPhrase(value: unknown, depth: number): boolean {
  if (typeof value === 'string' || typeof value === 'number') return true
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'number' && !Array.isArray(item) && isPhrase(item, depth))
  return isMessage(value) && depth < DEEPEST && Object.values(value.params ?? {}).every((inner) => isPhrase(inner, depth + 1))
}

/** Returns whether the message has the parameters that its text needs. */
function canBeSaid(message: Message): boolean {
  try {
    inEnglish(message)
    return true
  } catch {
    return false
  }
}
