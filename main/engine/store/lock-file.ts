import { closeSync, openSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { isSameFile, statusOf } from './file-identity.ts'

/**
 * Tries to lock a small file, which is made for it. The lock is the operating system's, so that it ends with the process in any case.
 * @returns a function that releases the lock and removes the file; `undefined` if another process has the lock
 */
export function tryLock(lockPath: string): (() => void) | undefined {
  for (;;) {
    makeFile(lockPath)
    const before = statusOf(lockPath)
    const db = openLocked(lockPath)
    if (db === undefined) return undefined
    // The previous holder removes the file: a lock on one that has no name any more, or whose name another has, would protect nothing.
    if (isSameFile(before, statusOf(lockPath))) return () => release(db, lockPath)
    db.close()
  }
}

/**
 * Returns a new name with the lock beside it, `<name>.lock`. A process that sweeps may find the lock's file before it is locked; then
 * another name is taken.
 */
export function lockedName(makeName: () => string): { path: string; release: () => void } {
  for (;;) {
    const path = makeName()
    const release = tryLock(`${path}.lock`)
    if (release !== undefined) return { path, release }
  }
}

/** Makes the file unless it is there. One that is there is not opened: closing it would end a lock that this process has on it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
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
