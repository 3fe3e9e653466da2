import type { ModelChange } from '#engine/contract/tables'
import { inEnglish } from '#text/english'

/** Returns changes of the model as a person reads them. */
export const changesInEnglish = (changes: ModelChange[]) => changes.map((change) => ({ ...change, detail: inEnglish(change.detail) }))
