import type { RequiredLevel } from '#engine/contract/tables'

/** In solutions `required` is what the Web API calls `ApplicationRequired`. Source: import formats, section 3.2. */
const LEVELS: Readonly<Record<string, RequiredLevel>> = {
  required: 'ApplicationRequired',
  applicationrequired: 'ApplicationRequired',
  systemrequired: 'SystemRequired',
}

/** Reads a required level; unknown words count as none. */
export function requiredLevelOf(written: string | undefined): RequiredLevel {
  const word = (written ?? '').trim().toLowerCase()
  return Object.hasOwn(LEVELS, word) ? (LEVELS[word] ?? 'None') : 'None'
}

/** Reads the greatest length of a text; `null` for none, and for what is no positive whole number. */
export function lengthOf(written: string | undefined): number | null {
  const length = Number(written ?? Number.NaN)
  return Number.isSafeInteger(length) && length > 0 ? length : null
}
