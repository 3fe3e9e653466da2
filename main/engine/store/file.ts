import { accessSync, closeSync, constants, existsSync, lstatSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { storeText } from '#text/english/store'
import type { EngineOptions } from '../contract/engine.ts'
import type { EngineError } from '../contract/errors.ts'
import { backUp } from './backup.ts'
import { checkContents, distrust } from './check-contents.ts'
import { Connection } from './connection.ts'
import { BESIDE_FILE, type Draft, draftOf } from './draft.ts'
import { damaged, fileFailure } from './file-failure.ts'
import { statusOf } from './file-identity.ts'
import { checkFileName, locationOf } from './file-name.ts'
import { Log } from './log.ts'
import { FORMAT_VERSION, MIGRATIONS, RECORD_MIGRATIONS } from './migrations/index.ts'
import { OpenFile } from './open-file.ts'
import { messageOf, unusable } from './unusable.ts'

/** "Casc" in ASCII: marks an SQLite file as an environment. */
const APPLICATION_ID = 0x43617363
const SQLITE_HEADER = 'SQLite format 3\0'

type FileAccess = Pick<EngineOptions, 'turns' | 'leavesLog' | 'draft' | 'identity' | 'checkpoints'>

/**
 * Creates an environment file with its first content and opens it. It is made under a draft name and put in place when it is whole and
 * on the disk; with `draft` the caller puts it in place.
 * @throws ENVIRONMENT_UNUSABLE if the path, or a name that SQLite needs beside it, exists already, or cannot be written; STORE_FULL
 */
export function createFile(path: string, fill: (connection: Connection) => undefined, access: FileAccess = {}): Connection {
  const draft = access.draft === undefined ? beginFile(path) : undefined
  try {
    makeFile(access.draft ?? draft?.path ?? path, path, fill)
    draft?.place()
  } catch (error) {
    throw fileFailure(error, path, () => unusable(path, messageOf(error), storeText.folderHint, error))
  } finally {
    draft?.discard()
  }
  return openFile(path, access)
}

/**
 * Begins the draft of an environment that will lie at `path`.
 * @throws ENVIRONMENT_UNUSABLE if something lies there, or a log that is left of another environment and would be brought into this one
 */
export function beginFile(path: string): Draft {
  const at = locationOf(path)
  checkFileName(at, path)
  checkFree(at, path)
  try {
    const draft = draftOf(at)
    return { ...draft, place: () => placeNew(draft, path) }
  } catch (error) {
    throw fileFailure(error, path)
  }
}

function checkFree(at: string, path: string): void {
  if (lstatSync(at, { throwIfNoEntry: false })) throw unusable(path, storeText.fileExists, storeText.fileExistsHint)
  const log = BESIDE_FILE.map((ending) => at + ending).find((beside) => lstatSync(beside, { throwIfNoEntry: false }))
  if (log !== undefined) throw unusable(path, storeText.logInTheWay({ log }), storeText.logInTheWayHint)
}

function placeNew(draft: Draft, path: string): void {
  try {
    draft.place()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw unusable(path, storeText.fileExists, storeText.fileExistsHint)
    throw fileFailure(error, path)
  }
}

/** Makes an environment in one transaction. Nobody reads the file before it is whole, so that nothing is synced until then. */
function makeFile(at: string, path: string, fill: (connection: Connection) => undefined): void {
  const db = new Database(at, { timeout: 0 })
  try {
    db.pragma('journal_mode = MEMORY')
    db.pragma('synchronous = OFF')
    const connection = new Connection(db, { path })
    connection.write(() => {
      db.pragma(`application_id = ${APPLICATION_ID}`)
      migrate(db, 0)
      fill(connection)
    })
    db.pragma('journal_mode = WAL')
  } finally {
    db.close()
  }
}

/**
 * Opens an environment file, and migrates one of an older format after making a copy beside it. A refused file stays
 * unchanged.
 * @throws ENVIRONMENT_UNUSABLE that says what is wrong with the file and what to do; ENVIRONMENT_LOST if it is not the expected one
 */
export function openFile(path: string, access: FileAccess = {}): Connection {
  const file = findFile(path, access)
  const db = openForWriting(file)
  try {
    db.pragma('journal_mode = WAL')
    // With write turns the main thread has checked the file already, and another thread may be writing now.
    if (!access.turns) db.exec('BEGIN IMMEDIATE; ROLLBACK')
  } catch (error) {
    db.close()
    throw fileFailure(error, path, () => unusable(path, messageOf(error), storeText.notWritableHint, error))
  }
  try {
    file.opened()
    const log = new Log(configured(db, access), file, access.checkpoints)
    const { turns, leavesLog = false, identity } = access
    const connection = new Connection(db, { path, file, log, turns, leavesLog, isSecond: identity !== undefined })
    upgrade(connection, file)
    if (identity === undefined) log.examine()
    return connection
  } catch (error) {
    db.close()
    throw damaged(path, error)
  }
}

/** Finds the file. Its first bytes are read only by the first connection: closing a file ends all locks that the process has on it. */
function findFile(path: string, { draft, identity, turns }: FileAccess): OpenFile {
  const at = draft ?? locationOf(path)
  if (identity === undefined) {
    checkFileName(at, path)
    checkHeader(at, path)
    checkIdentity(at, path)
    if (!turns) checkContents(at)
  }
  const file = new OpenFile(path, at, identity ?? statusOf(at) ?? { device: 0n, inode: 0n })
  file.check()
  return file
}

/** Brings a file of an older format up to date, after a copy: both while nobody else can write. */
function upgrade(connection: Connection, { at, path }: OpenFile): void {
  const { db } = connection
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > FORMAT_VERSION) throw newer(path, version)
  if (version === FORMAT_VERSION) return
  connection.write(() => {
    backUp(at, version)
    migrate(db, version)
  })
  settleHeader(db)
}

function openForWriting({ at, path }: OpenFile): Database.Database {
  try {
    accessSync(at, constants.W_OK)
    return new Database(at, { fileMustExist: true, timeout: 0 })
  } catch (error) {
    throw fileFailure(error, path, () => unusable(path, messageOf(error), storeText.mayNotWriteHint, error))
  }
}

function checkHeader(at: string, path: string): void {
  const status = statusOf(at)
  if (status === undefined) throw unusable(path, storeText.noFile, storeText.noFileHint)
  if (!status.isFile) throw unusable(path, storeText.notAFile, storeText.chooseFileHint)
  const { start, length } = readStart(at, path)
  if (length < 100 || start.toString('latin1', 0, 16) !== SQLITE_HEADER)
    throw unusable(path, storeText.notAnEnvironment, storeText.notAnEnvironmentHint)
  const pageSize = start.readUInt16BE(16) === 1 ? 65_536 : start.readUInt16BE(16)
  const pages = start.readUInt32BE(28)
  // The size in the header is only valid where both counters agree, and the log may hold pages that the file lacks.
  const sizeIsValid = start.readUInt32BE(24) === start.readUInt32BE(92)
  if (sizeIsValid && !existsSync(`${at}-wal`) && status.size < pages * pageSize)
    throw unusable(path, storeText.endMissing, storeText.endMissingHint)
}

/** Checks application id and version in the file's first page, where they are written before anything else, without changing the file. */
function checkIdentity(at: string, path: string): void {
  const { start } = readStart(at, path)
  if (start.readUInt32BE(68) !== APPLICATION_ID) throw unusable(path, storeText.otherProgram, storeText.otherProgramHint)
  const version = start.readUInt32BE(60)
  if (version > FORMAT_VERSION) throw newer(path, version)
}

const newer = (path: string, version: number): EngineError =>
  unusable(path, storeText.newerVersion({ version, known: FORMAT_VERSION }), storeText.newerVersionHint)

/** Reads the file's first 100 bytes. */
function readStart(at: string, path: string): { start: Buffer; length: number } {
  const start = Buffer.alloc(100)
  const file = openForReading(at, path)
  try {
    return { start, length: readSync(file, start, 0, 100, 0) }
  } finally {
    closeSync(file)
  }
}

function openForReading(at: string, path: string): number {
  try {
    return openSync(at, 'r')
  } catch (error) {
    throw unusable(path, messageOf(error), storeText.mayReadHint, error)
  }
}

/**
 * Sets the pragmas of a connection. Only threads with write turns may wait inside SQLite for another program; the main thread never does.
 * SQLite checkpoints nothing by itself, because it does not look first whether the file is still the one that was opened.
 */
function configured(db: Database.Database, { turns }: FileAccess): Database.Database {
  distrust(db)
  db.pragma(`busy_timeout = ${turns ? 5_000 : 0}`)
  db.pragma('synchronous = NORMAL')
  db.pragma('temp_store = FILE')
  db.pragma('cache_size = -32000')
  db.pragma('wal_autocheckpoint = 0')
  return db
}

/** Checkpoints the log, so that application id and version are in the first page, where they are read before a file is opened. */
const settleHeader = (db: Database.Database): unknown => db.pragma('wal_checkpoint(TRUNCATE)')

function migrate(db: Database.Database, from: number): void {
  for (const [at, migration] of MIGRATIONS.entries()) {
    if (at < from) continue
    db.exec(migration)
    const ofRecords = RECORD_MIGRATIONS.get(at + 1)
    if (from > 0 && ofRecords !== undefined) db.exec(ofRecords)
  }
  db.pragma(`user_version = ${FORMAT_VERSION}`)
}
