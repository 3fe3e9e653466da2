import type { ErrorData } from '#engine/contract/errors'
import { namedMessageOf } from '#engine/contract/errors'
import { inEnglish } from '#text/english'
import type { Aliases } from './cells.ts'

/** An error as a report says it: its own words, the same with the record that it is about, and what to do, with records named as the file does. */
export const saidOf = (error: ErrorData, aliases: Aliases): { message: string; named: string; hint: string | null } => ({
  message: aliases.inText(error.message),
  named: aliases.inText(inEnglish(namedMessageOf(error))),
  hint: error.hint === null ? null : aliases.inText(error.hint),
})
