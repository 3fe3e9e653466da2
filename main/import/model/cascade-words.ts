import type { CascadeAction, CascadeType } from '#engine/contract/tables'
import { CASCADE_TYPES } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import type { Findings } from '../report/findings.ts'

const WORDS = new Map<string, CascadeType>([
  ...CASCADE_TYPES.map((type): [string, CascadeType] => [type.toLowerCase(), type]),
  ...CASCADE_TYPES.map((type, code): [string, CascadeType] => [String(code), type]),
  ['activeonly', 'Active'],
])

/**
 * Returns the cascade type for a source's word: solution and SDK spelling, any case, and the numbers 0 to 5; `undefined` if
 * nothing is stated. Reports an unknown word, which counts as NoCascade. Source: import formats, section 4.2.
 */
export function cascadeType(
  word: string | undefined,
  action: CascadeAction,
  relationship: string,
  findings: Findings,
): CascadeType | undefined {
  const text = word?.trim()
  if (!text) return undefined
  const type = WORDS.get(text.toLowerCase())
  if (type) return type
  findings.add('unknownWord', findingText.cascadeUnknown({ value: text }), `${relationship}: ${action}`)
  return 'NoCascade'
}
