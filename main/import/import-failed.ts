import { EngineError } from '#engine/contract/errors'

/**
 * Makes the error of a source that cannot be read.
 * @param where the file, and inside an archive the member: `model.zip!customizations.xml`
 * @param what what is wrong with it, without a full stop
 * @param right what would be right, as a sentence
 */
export const importFailed = (where: string, what: string, right: string, cause?: unknown): EngineError =>
  new EngineError('IMPORT_FAILED', `${where} cannot be imported: ${what}.`, {
    hint: right,
    details: { path: where },
    ...(cause === undefined ? {} : { cause }),
  })

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
