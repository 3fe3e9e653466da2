import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'
import { fullPlace } from './disk-space.ts'

/** Codes of the file system for a disk, or a user's share of it, that is full. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])

/** Converts an error of SQLite, or a full disk, to an EngineError that says what to do; returns any other error unchanged. */
export function storeError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (FULL.has(code)) return storeFull(path, error, code)
  if (!code.startsWith('SQLITE_')) return error
  const details = { path, sqliteCode: code }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new EngineError('STORE_BUSY', storeText.busy({ path }), {
      platform: 'SQLTimeout',
      hint: storeText.busyHint,
      details,
      cause: error,
    })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR')) {
    // SQLite names a full disk only where it writes a page: not where a file beside the environment cannot be made or grow.
    if (!code.startsWith('SQLITE_READONLY') && fullPlace(path) !== undefined) return storeFull(path, error, code)
    return new EngineError('ENVIRONMENT_UNUSABLE', storeText.cannotBeWritten({ path, reason: (error as Error).message }), {
      hint: storeText.cannotBeWrittenHint,
      details,
      cause: error,
    })
  }
  // A row that holds a value of another type: SQLite refuses it when the row is written the next time.
  if (code === 'SQLITE_CONSTRAINT_DATATYPE')
    return new EngineError('RECORD_DAMAGED', storeText.rowDamaged({ reason: (error as Error).message }), {
      hint: storeText.contentHint,
      details,
      cause: error,
    })
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB'))
    return new EngineError('ENVIRONMENT_UNUSABLE', storeText.damaged({ path, reason: (error as Error).message }), {
      hint: storeText.useCopyHint,
      details,
      cause: error,
    })
  return error
}

const isDamage = (error: unknown): boolean => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT')

/** Returns what is read, or something else where a damaged page is in the way. */
export function unlessDamaged<T>(read: () => T, otherwise: () => T): T {
  try {
    return read()
  } catch (error) {
    if (isDamage(error)) return otherwise()
    throw error
  }
}

/** Reads from one table. @throws ENVIRONMENT_UNUSABLE that names the table if a page of it is damaged */
export const readTable = <T>(path: string, table: string, read: () => T): T =>
  unlessDamaged(read, () => {
    throw new EngineError('ENVIRONMENT_UNUSABLE', storeText.tableDamaged({ path, table }), {
      hint: storeText.tableDamagedHint,
      details: { path, table },
    })
  })

/** Makes the error of a full disk: that of the file, or of the temporary folder where that one is full. */
const storeFull = (path: string, cause: unknown, code: string): EngineError =>
  new EngineError('STORE_FULL', storeText.diskFull({ path: fullPlace(path) ?? path }), {
    hint: storeText.diskFullHint,
    details: { path, ...(code.startsWith('SQLITE_') ? { sqliteCode: code } : {}) },
    cause,
  })
