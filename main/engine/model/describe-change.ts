import { modelChange } from '#text/english/model-changes'
import type { Message } from '#text/message'
import type { Phrase } from '#text/parameters'

/** Describes a fact of the model that is another than before. Names of facts and values are the platform's words. */
export const changed = (what: Phrase, before: Phrase, after: Phrase): Message => modelChange.changed({ what, before, after })

export const yesOrNo = (flag: boolean): Message => (flag ? modelChange.yes : modelChange.no)
