import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'

/** Converts an error of SQLite to an EngineError that says what to do; returns any other error unchanged. */
export function storeError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!code.startsWith('SQLITE_')) return error
  const details = { path, sqliteCode: code }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new EngineError('STORE_BUSY', storeText.busy({ path }), {
      platform: 'SQLTimeout',
      hint: storeText.busyHint,
      details,
      cause: error,
    })
  if (code === 'SQLITE_FULL')
    return new EngineError('STORE_FULL', storeText.diskFull({ path }), {
      hint: storeText.diskFullHint,
      details,
      cause: error,
    })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR'))
    return new EngineError('ENVIRONMENT_UNUSABLE', storeText.cannotBeWritten({ path, reason: (error as Error).message }), {
      hint: storeText.cannotBeWrittenHint,
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
