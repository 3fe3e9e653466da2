import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'
import { storeError } from './store-error.ts'
import { messageOf, unusable } from './unusable.ts'

/** Causes outside of the product for which the file system refuses something. */
const REASONS = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'EBUSY',
  'ESTALE',
])

/**
 * Converts a failure of the file system or of SQLite, while a file was made, opened or locked, to an EngineError that says what to do;
 * returns any other error unchanged.
 * @param otherwise makes the error for causes other than a full disk
 */
export function fileFailure(error: unknown, path: string, otherwise?: () => EngineError): unknown {
  const known = storeError(error, path)
  if (known instanceof EngineError && (known === error || known.code === 'STORE_FULL' || otherwise === undefined)) return known
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (otherwise !== undefined && (REASONS.has(code) || code.startsWith('SQLITE_'))) return otherwise()
  return REASONS.has(code) ? unusable(path, (error as Error).message, storeText.folderHint, error) : error
}

/** Makes the error of a file that turned out to be damaged while it was read, unless the disk is full. */
export function damaged(path: string, error: unknown): EngineError {
  const otherwise = () => unusable(path, messageOf(error), storeText.damagedHint, error)
  const known = fileFailure(error, path, otherwise)
  return known instanceof EngineError ? known : otherwise()
}
