import { existsSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'

/**
 * Locks an environment against a second instance of the product: a job that is In Progress when a file is opened was interrupted
 * only if no other instance has the file open. The lock is the operating system's, on a small file beside the environment, so
 * that it ends with the process in any case.
 * @returns a function that releases the lock
 * @throws ENVIRONMENT_UNUSABLE if another instance has the environment open.
 */
export function lockEnvironment(path: string): () => void {
  const lockPath = `${path}.lock`
  for (;;) {
    const db = openLock(path, lockPath)
    // The previous holder may have removed the file between our opening and locking it; the lock would then protect nothing.
    if (existsSync(lockPath)) return () => release(db, lockPath)
    db.close()
  }
}

function openLock(path: string, lockPath: string): Database.Database {
  let db: Database.Database | undefined
  try {
    db = new Database(lockPath, { timeout: 0 })
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db?.close()
    const isBusy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
    throw new EngineError('ENVIRONMENT_UNUSABLE', isBusy ? storeText.openElsewhere({ path }) : storeText.noLock({ path }), {
      hint: isBusy ? storeText.openElsewhereHint : storeText.folderHint,
      details: { path },
      cause: error,
    })
  }
}

function release(db: Database.Database, lockPath: string): void {
  db.exec('ROLLBACK')
  db.close()
  rmSync(lockPath, { force: true })
}
