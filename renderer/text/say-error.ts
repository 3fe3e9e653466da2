import type { ErrorData } from '#engine/contract/errors'
import type { Words } from './words.ts'

/** Returns what went wrong in the chosen language. A text that is somebody else's is shown as it is. */
export const errorMessage = ({ say }: Words, { text, message }: ErrorData): string => (text === undefined ? message : say(text))

/** Returns what to do about it, where we know. */
export const errorHint = ({ say }: Words, { hintText, hint }: ErrorData): string | null => (hintText === undefined ? hint : say(hintText))
