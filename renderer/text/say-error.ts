import { type ErrorData, namedMessageOf } from '#engine/contract/errors'
import type { Words } from './words.ts'

/** Returns what went wrong with which record, in the chosen language. A text that is somebody else's is shown as it is. */
export const errorMessage = ({ say }: Words, error: ErrorData): string => say(namedMessageOf(error))

/** Returns what to do about it, where we know. */
export const errorHint = ({ say }: Words, { hintText, hint }: ErrorData): string | null => (hintText === undefined ? hint : say(hintText))
