import { constants, copyFileSync, existsSync, rmSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Checkpoints, FileLook } from '../contract/engine.ts'
import { EngineError } from '../contract/errors.ts'
import { sync, syncFolder } from './draft.ts'
import { besideWith } from './file-name.ts'
import { BESIDE, lostWithLog, type OpenFile } from './open-file.ts'

/** Pages of the write-ahead log from which on it is checkpointed: 16 MB. */
const LOG_PAGES = 4_000
const MOST_PASSES = 3

/** Looks at a file that seems changed, before it counts as changed, and the time between two in milliseconds: another program may be checkpointing. */
const SECOND_LOOKS = 10
const SECOND_LOOK_MS = 50

/** The frames of the log, and how many of them the file has. */
interface Frames {
  log: number
  checkpointed: number
}

/** The write-ahead log of a connection. Brings it into the file that it belongs to, and never into another. */
export class Log {
  readonly #db: Database.Database
  readonly #file: OpenFile
  readonly #checkpoints: Checkpoints
  readonly #statements = new Map<string, Database.Statement<[], Frames>>()
  #limit = LOG_PAGES

  constructor(db: Database.Database, file: OpenFile, checkpoints: Checkpoints = ownCheckpoints()) {
    this.#db = db
    this.#file = file
    this.#checkpoints = checkpoints
  }

  /**
   * Checkpoints the log if it has grown long. Pages that were written meanwhile need another pass; if a reader blocks the log, or the
   * disk is full, it is tried again when the log is twice as long: what was committed is safe in the log.
   */
  shorten(): void {
    this.#leave(() => {
      const { log, checkpointed } = this.#frames('NOOP')
      if (log - checkpointed < this.#limit) return
      this.#alone(() => {
        for (let pass = 0, before = Number.POSITIVE_INFINITY; pass < MOST_PASSES; pass++) {
          const found = this.#frames('PASSIVE')
          const left = found.log - found.checkpointed
          if (left === 0) break
          if (left >= before) {
            this.#limit *= 2
            return
          }
          before = left
        }
        this.#limit = LOG_PAGES
      })
    })
  }

  /** Checkpoints what can be checkpointed. Others may write meanwhile. */
  checkpoint(): void {
    this.#leave(() => this.#alone(() => this.#frames('PASSIVE')))
  }

  /** Looks whether another program has moved, replaced or changed the file or taken its log away. @throws ENVIRONMENT_LOST */
  examine(): void {
    this.#file.checkLog()
    this.#checkpoints.alone(() => this.#examineContent())
  }

  /**
   * Closes the last connection of this process to the file. Where the file is lost, SQLite must neither bring the log into what now has
   * the file's name, nor leave it beside that.
   * @throws ENVIRONMENT_LOST after closing
   */
  close(): void {
    if (!this.#db.open) return
    let lost = this.#lossNow()
    const kept = lost === undefined ? undefined : this.#part()
    this.#db.close()
    lost ??= this.#lossAfterClosing()
    if (lost === undefined) return
    for (const ending of BESIDE) if (this.#file.hasOwn(ending)) rmSync(this.#file.at + ending, { force: true })
    throw kept === undefined ? lost : lostWithLog(this.#file.path, this.#file.loss ?? 'changed', kept)
  }

  #lossNow(): EngineError | undefined {
    return lossIn(() => this.examine())
  }

  /** A file that was moved in the very moment of closing keeps its log under another name: SQLite checkpoints into no moved file. */
  #lossAfterClosing(): EngineError | undefined {
    const lost = lossIn(() => this.#file.check())
    if (lost === undefined || !this.#file.hasOwn('-wal')) return undefined
    return lostWithLog(this.#file.path, this.#file.loss ?? 'gone', this.#putAside())
  }

  /** Brings a lost file and its log to an end, before SQLite closes them. Returns where the log is kept, if the file lacks a part of it. */
  #part(): string | undefined {
    const isChanged = this.#file.loss === 'changed'
    const isWhole = this.#isWholeAfter(isChanged ? 'NOOP' : 'TRUNCATE')
    if (!this.#file.hasOwn('-wal')) return undefined
    const kept = isWhole ? undefined : this.#putAside()
    // SQLite would bring the log into the changed file when it closes; from an empty log it reads nothing.
    if (isChanged) truncateSync(`${this.#file.at}-wal`, 0)
    return kept
  }

  /** Returns whether the file that was opened has all pages of the log, after a checkpoint of this kind. */
  #isWholeAfter(kind: 'NOOP' | 'TRUNCATE'): boolean {
    try {
      const { log, checkpointed } = this.#frames(kind)
      return log <= checkpointed
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error
      return false
    }
  }

  /** Copies the log to a free name. */
  #putAside(): string {
    const { at } = this.#file
    for (let number = 1; ; number++) {
      const kept = besideWith(at, `.log-${number}`)
      if (existsSync(kept)) continue
      copyFileSync(`${at}-wal`, kept, constants.COPYFILE_EXCL)
      sync(kept)
      syncFolder(dirname(at))
      return kept
    }
  }

  /** Runs a checkpoint, unless another thread is at one, after a look at the file, and remembers how it looks afterwards. */
  #alone(checkpoint: () => void): void {
    this.#file.checkLog()
    this.#checkpoints.alone(() => {
      this.#examineContent()
      // A thread that is terminated meanwhile has seen nothing that holds.
      this.#checkpoints.seen = undefined
      try {
        checkpoint()
      } finally {
        this.#checkpoints.seen = this.#look()
      }
    })
  }

  /** Only checkpoints write into the file: if it looks otherwise than after the last one, then another program wrote, unless that made a checkpoint too. */
  #examineContent(): void {
    const { seen } = this.#checkpoints
    for (let looks = 0; ; looks++) {
      const now = this.#look()
      if (seen === undefined || isUnchanged(seen, now) || isExplained(seen, now)) {
        this.#checkpoints.seen = now
        return
      }
      if (looks === SECOND_LOOKS) this.#file.lose('changed')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SECOND_LOOK_MS)
    }
  }

  #look(): FileLook | undefined {
    const status = this.#file.status()
    if (status === undefined) return undefined
    // Windows brings times up to date when it likes.
    const modifiedNs = process.platform === 'win32' ? 0n : status.modifiedNs
    return { size: status.size, modifiedNs, checkpointed: this.#frames('NOOP').checkpointed }
  }

  #frames(kind: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): Frames {
    let statement = this.#statements.get(kind)
    if (!statement) {
      statement = this.#db.prepare<[], Frames>(`PRAGMA wal_checkpoint(${kind})`)
      this.#statements.set(kind, statement)
    }
    return statement.get() ?? { log: 0, checkpointed: 0 }
  }

  /** Ignores a failed checkpoint, for instance on a full disk: committed changes are safe in the log, which is tried again when it is twice as long. */
  #leave(shorten: () => void): void {
    try {
      shorten()
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error
      this.#limit *= 2
    }
  }
}

const isUnchanged = (seen: FileLook, now: FileLook | undefined): boolean =>
  now !== undefined && seen.size === now.size && seen.modifiedNs === now.modifiedNs

/** Returns whether a program that keeps to SQLite's protocol has checkpointed the log. */
const isExplained = (seen: FileLook, now: FileLook | undefined): boolean =>
  now !== undefined && now.checkpointed > 0 && now.checkpointed !== seen.checkpointed

function lossIn(look: () => void): EngineError | undefined {
  try {
    look()
  } catch (error) {
    if (error instanceof EngineError) return error.code === 'ENVIRONMENT_LOST' ? error : undefined
    if (!(error instanceof Database.SqliteError)) throw error
  }
  return undefined
}

/** Checkpoints of a connection that shares its file with no other of this process. */
export function ownCheckpoints(): Checkpoints {
  return {
    seen: undefined,
    alone(work) {
      work()
      return true
    },
  }
}
