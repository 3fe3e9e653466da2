import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Real solutions and data, where they lie beside the checkout; tests over them are skipped where they do not. */
export const corpusFolder = join(import.meta.dirname, '../../../shared/corpus/dev')
export const isCorpusPresent = existsSync(corpusFolder)
