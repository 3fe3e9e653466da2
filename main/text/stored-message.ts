import { verbatim } from './english/verbatim.ts'
import { isMessage, type Message } from './message.ts'

/** Returns a message as a file keeps it. */
export const storedMessage = (message: Message): string => JSON.stringify(message)

/** Reads a message from a file. A sentence that an older version kept is shown as it is. */
export function readStoredMessage(stored: string): Message {
  if (stored.startsWith('{')) {
    try {
      const value: unknown = JSON.parse(stored)
      if (isMessage(value)) return value
    } catch {
      // A sentence that happens to begin with a brace.
    }
  }
  return verbatim.text({ text: stored })
}
