import { EngineError } from '../contract/errors.ts'

/** Converts an error of SQLite to an EngineError that says what to do; returns any other error unchanged. */
export function storeError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!code.startsWith('SQLITE_')) return error
  const details = { path, sqliteCode: code }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new EngineError('STORE_BUSY', `${path} is being written to by another program.`, {
      platform: 'SQLTimeout',
      hint: 'Close the other program, then try again.',
      details,
      cause: error,
    })
  if (code === 'SQLITE_FULL')
    return new EngineError('STORE_FULL', `The disk with ${path} is full. Nothing was changed.`, {
      hint: 'Make room, then try again.',
      details,
      cause: error,
    })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR'))
    return new EngineError('ENVIRONMENT_UNUSABLE', `${path} cannot be written to: ${(error as Error).message}.`, {
      hint: 'Check that the file and its folder may be written to. Nothing was changed.',
      details,
      cause: error,
    })
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB'))
    return new EngineError('ENVIRONMENT_UNUSABLE', `${path} is damaged: ${(error as Error).message}.`, {
      hint: 'Use a copy of the file.',
      details,
      cause: error,
    })
  return error
}
