import { EngineError } from '#engine/contract/errors'
import { importText } from '#text/english/import'
import type { Message } from '#text/message'

/**
 * Makes the error of a source that cannot be read.
 * @param where the file, and inside an archive the member: `model.zip!customizations.xml`
 * @param what what is wrong with it, without a full stop
 * @param right what would be right, as a sentence
 */
export const importFailed = (where: string, what: Message, right: Message, cause?: unknown): EngineError =>
  new EngineError('IMPORT_FAILED', importText.failed({ file: where, reason: what }), {
    hint: right,
    details: { path: where },
    ...(cause === undefined ? {} : { cause }),
  })

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
