import { lstatSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { inputInvalid } from '#engine/contract/errors'
import { draftOf } from '#engine/store/draft'
import { fileFailure } from '#engine/store/file-failure'

/**
 * Writes a report, which is there as a whole or not at all, in place of an earlier one. What is no file, such as /dev/stdout, is written to.
 * @throws INPUT_INVALID if it cannot be written, STORE_FULL
 */
export function writeReport(path: string, text: string): void {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(path, text)
    else replaceFile(resolve(path), text)
  } catch (error) {
    throw fileFailure(error, path, () => inputInvalid(`The report cannot be written: ${(error as Error).message}.`, { path }))
  }
}

function replaceFile(path: string, text: string): void {
  const draft = draftOf(path)
  try {
    writeFileSync(draft.path, text, { flag: 'wx' })
    draft.replace()
  } finally {
    draft.discard()
  }
}
