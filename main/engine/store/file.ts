import { accessSync, closeSync, constants, copyFileSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { storeText } from '#text/english/store'
import type { EngineOptions } from '../contract/engine.ts'
import { checkContents, distrust } from './check-contents.ts'
import { Connection } from './connection.ts'
import { FORMAT_VERSION, MIGRATIONS, RECORD_MIGRATIONS } from './migrations/index.ts'
import { damaged, messageOf, unusable } from './unusable.ts'

/** "Casc" in ASCII: marks an SQLite file as an environment. */
const APPLICATION_ID = 0x43617363
const SQLITE_HEADER = 'SQLite format 3\0'

type FileAccess = Pick<EngineOptions, 'turns' | 'leavesLog'>

/**
 * Creates an environment file with its first content, in one transaction, and opens it.
 * @throws ENVIRONMENT_UNUSABLE if the path exists already or cannot be written.
 */
export function createFile(path: string, fill: (connection: Connection) => undefined, access: FileAccess = {}): Connection {
  if (existsSync(path)) throw unusable(path, storeText.fileExists, storeText.fileExistsHint)
  let db: Database.Database | undefined
  try {
    const made = new Database(path, { timeout: 0 })
    db = made
    made.pragma('journal_mode = WAL')
    const connection = new Connection(configured(made, access), access.turns)
    connection.write(() => {
      made.pragma(`application_id = ${APPLICATION_ID}`)
      migrate(made, 0)
      fill(connection)
    })
    settleHeader(made)
    return connection
  } catch (error) {
    db?.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    throw unusable(path, messageOf(error), storeText.folderHint, error)
  }
}

/**
 * Opens an environment file, and migrates one of an older format after making a copy beside it. A refused file stays
 * unchanged.
 * @throws ENVIRONMENT_UNUSABLE that says what is wrong with the file and what to do.
 */
export function openFile(path: string, access: FileAccess = {}): Connection {
  checkHeader(path)
  const format = checkIdentity(path)
  // With write turns the main thread has checked the contents already.
  if (!access.turns) checkContents(path, format)
  const db = openForWriting(path)
  try {
    db.pragma('journal_mode = WAL')
    // With write turns the main thread has checked the file already, and another thread may be writing now.
    if (!access.turns) db.exec('BEGIN IMMEDIATE; ROLLBACK')
  } catch (error) {
    db.close()
    throw unusable(path, messageOf(error), storeText.notWritableHint, error)
  }
  try {
    const connection = new Connection(configured(db, access), access.turns)
    const version = db.pragma('user_version', { simple: true }) as number
    if (version < FORMAT_VERSION) {
      backUp(db, path, version)
      connection.write(() => migrate(db, version))
      settleHeader(db)
    }
    return connection
  } catch (error) {
    db.close()
    throw damaged(path, error)
  }
}

function openForWriting(path: string): Database.Database {
  try {
    accessSync(path, constants.W_OK)
    return new Database(path, { fileMustExist: true, timeout: 0 })
  } catch (error) {
    throw unusable(path, messageOf(error), storeText.mayNotWriteHint, error)
  }
}

function checkHeader(path: string): void {
  if (!existsSync(path)) throw unusable(path, storeText.noFile, storeText.noFileHint)
  if (!statSync(path).isFile()) throw unusable(path, storeText.notAFile, storeText.chooseFileHint)
  const start = Buffer.alloc(100)
  const file = openForReading(path)
  const length = readSync(file, start, 0, 100, 0)
  closeSync(file)
  if (length < 100 || start.toString('latin1', 0, 16) !== SQLITE_HEADER)
    throw unusable(path, storeText.notAnEnvironment, storeText.notAnEnvironmentHint)
  const pageSize = start.readUInt16BE(16) === 1 ? 65_536 : start.readUInt16BE(16)
  const pages = start.readUInt32BE(28)
  // The size in the header is only valid where both counters agree, and the log may hold pages that the file lacks.
  const sizeIsValid = start.readUInt32BE(24) === start.readUInt32BE(92)
  if (sizeIsValid && !existsSync(`${path}-wal`) && statSync(path).size < pages * pageSize)
    throw unusable(path, storeText.endMissing, storeText.endMissingHint)
}

function openForReading(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw unusable(path, messageOf(error), storeText.mayReadHint, error)
  }
}

/** Checks application id and version inside the file without changing it. Returns the version. */
function checkIdentity(path: string): number {
  const { applicationId, version } = readIdentity(path)
  if (applicationId !== APPLICATION_ID) throw unusable(path, storeText.otherProgram, storeText.otherProgramHint)
  if (version > FORMAT_VERSION) throw unusable(path, storeText.newerVersion({ version, known: FORMAT_VERSION }), storeText.newerVersionHint)
  return version
}

/** Reads application id and version from the file's first page, where they are written before anything else. */
function readIdentity(path: string): { applicationId: number; version: number } {
  const start = Buffer.alloc(100)
  const file = openForReading(path)
  readSync(file, start, 0, 100, 0)
  closeSync(file)
  return { applicationId: start.readUInt32BE(68), version: start.readUInt32BE(60) }
}

/** Sets the pragmas of a connection. Only threads with write turns may wait inside SQLite for another program; the main thread never does. */
function configured(db: Database.Database, { turns, leavesLog }: FileAccess): Database.Database {
  distrust(db)
  db.pragma(`busy_timeout = ${turns ? 5_000 : 0}`)
  db.pragma('synchronous = NORMAL')
  db.pragma('temp_store = FILE')
  db.pragma('cache_size = -32000')
  db.pragma(`wal_autocheckpoint = ${turns || leavesLog ? 0 : 4_000}`)
  return db
}

/** Checkpoints the log, so that application id and version are in the first page, where they are read before a file is opened. */
const settleHeader = (db: Database.Database): unknown => db.pragma('wal_checkpoint(TRUNCATE)')

function backUp(db: Database.Database, path: string, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(path, `${path}.format-${version}.backup`)
}

function migrate(db: Database.Database, from: number): void {
  for (const [at, migration] of MIGRATIONS.entries()) {
    if (at < from) continue
    db.exec(migration)
    const ofRecords = RECORD_MIGRATIONS.get(at + 1)
    if (from > 0 && ofRecords !== undefined) db.exec(ofRecords)
  }
  db.pragma(`user_version = ${FORMAT_VERSION}`)
}
