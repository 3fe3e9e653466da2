import { closeSync, openSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { type Draft, draftOf } from './draft.ts'
import { besideWith } from './file-name.ts'

/**
 * Copies what is committed in an environment to a free name beside it, whole and on the disk. The caller keeps others from writing
 * meanwhile. Never writes over a file or through a link: the copy is made under a new name and then given one that is free.
 * @returns the path of the copy
 */
export function backUp(at: string, version: number): string {
  const draft = draftOf(at)
  try {
    closeSync(openSync(draft.path, 'wx', statSync(at).mode & 0o777))
    copyInto(at, draft.path)
    return placeFree(draft, (number) => besideWith(at, `.format-${version}${number === 1 ? '' : `-${number}`}.backup`))
  } finally {
    draft.discard()
  }
}

/** Copies through SQLite, which includes what is only in the log yet. */
function copyInto(at: string, target: string): void {
  const db = new Database(at, { readonly: true, timeout: 0 })
  try {
    db.prepare('VACUUM INTO ?').run(target)
  } finally {
    db.close()
  }
}

/** Puts a draft in place under the first name that is free. */
function placeFree(draft: Draft, nameOf: (number: number) => string): string {
  for (let number = 1; ; number++) {
    try {
      draft.place(nameOf(number))
      return nameOf(number)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
