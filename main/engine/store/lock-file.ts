import { closeSync, openSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { isSameFile, statusOf } from './file-identity.ts'

/**
 * Tries to lock a small file, which is made for it. The lock is the operating system's, so that it ends with the process in any case.
 * @returns a function that releases the lock and removes the file; `undefined` if another process has the lock
 */
export function tryLock(lockPath: string): (() => void) | undefined {
  for (;;) {
    closeSync(openSync(lockPath, 'a', 0o600))
    const before = statusOf(lockPath)
    const db = openLocked(lockPath)
    if (db === undefined) return undefined
    // The previous holder removes the file: a lock on one that has no name any more, or whose name another has, would protect nothing.
    if (isSameFile(before, statusOf(lockPath))) return () => release(db, lockPath)
    db.close()
  }
}

function openLocked(lockPath: string): Database.Database | undefined {
  let db: Database.Database | undefined
  try {
    db = new Database(lockPath, { timeout: 0 })
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined
    throw error
  }
}

/** Removes the file before the lock ends, so that nobody can lock a file that is about to be removed. Windows keeps open files, and removes none that another has opened. */
function release(db: Database.Database, lockPath: string): void {
  if (process.platform !== 'win32') rmSync(lockPath, { force: true })
  db.close()
  if (process.platform === 'win32') removeUnused(lockPath)
}

function removeUnused(lockPath: string): void {
  try {
    rmSync(lockPath, { force: true })
  } catch (error) {
    if (!['EBUSY', 'EPERM', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
