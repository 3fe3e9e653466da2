import { storeText } from '#text/english/store'
import type { Message } from '#text/message'
import type { FileIdentity } from '../contract/engine.ts'
import { EngineError } from '../contract/errors.ts'
import { fileFailure } from './file-failure.ts'
import { type FileStatus, isSameFile, statusOf } from './file-identity.ts'

/**
 * What became of a file while it was open.
 *
 * | loss       | under its name is | what was committed goes                                    |
 * |------------|-------------------|------------------------------------------------------------|
 * | `gone`     | nothing           | into the file that was opened, wherever it was moved        |
 * | `replaced` | another file      | the same                                                    |
 * | `changed`  | the file, with what another program wrote | nowhere; the log is kept under another name |
 * | `logGone`  | the file, without its log                 | into the file                               |
 */
export type Loss = 'gone' | 'replaced' | 'changed' | 'logGone'

type Beside = '-wal' | '-shm'
export const BESIDE: readonly Beside[] = ['-wal', '-shm']

/** The file under an open connection, and whether it still is the one that was opened. */
export class OpenFile {
  /** As it was given, for messages. */
  readonly path: string
  /** Where it lies: an absolute path through no link. */
  readonly at: string
  readonly identity: FileIdentity
  readonly #beside = new Map<Beside, FileIdentity>()
  #loss: Loss | undefined

  constructor(path: string, at: string, identity: FileIdentity) {
    this.path = path
    this.at = at
    this.identity = identity
  }

  /** Remembers what belongs to the file, once SQLite has opened it. @throws ENVIRONMENT_LOST if that was another one already */
  opened(): void {
    this.check()
    for (const ending of BESIDE) {
      const found = this.#statusOf(ending)
      if (found) this.#beside.set(ending, found)
    }
  }

  get loss(): Loss | undefined {
    return this.#loss
  }

  /** Looks whether the file is still under its name. @throws ENVIRONMENT_LOST if it is not, or was not once */
  check(): void {
    if (this.#loss === undefined) {
      const now = this.status()
      if (now === undefined) this.#loss = 'gone'
      else if (!isSameFile(now, this.identity)) this.#loss = 'replaced'
    }
    if (this.#loss !== undefined) throw lost(this.path, this.#loss)
  }

  /** Looks also whether the log is still beside it. @throws ENVIRONMENT_LOST */
  checkLog(): void {
    this.check()
    if (this.#beside.has('-wal') && !this.hasOwn('-wal')) this.lose('logGone')
  }

  /** Notes that the file is lost. @throws ENVIRONMENT_LOST */
  lose(loss: Loss): never {
    this.#loss = loss
    throw lost(this.path, loss)
  }

  /** Returns whether what lies beside the file's name belongs to the file that was opened. */
  hasOwn(ending: Beside): boolean {
    return isSameFile(this.#statusOf(ending), this.#beside.get(ending))
  }

  /** Returns what the file system says of whatever has the file's name. */
  status(): FileStatus | undefined {
    return this.#statusOf('')
  }

  #statusOf(ending: Beside | ''): FileStatus | undefined {
    try {
      return statusOf(this.at + ending)
    } catch (error) {
      throw fileFailure(error, this.path)
    }
  }
}

/** Makes the error of a file that is not the one that was opened any more. */
function lost(path: string, loss: Loss): EngineError {
  const { text, hint } = SAYS[loss]
  return new EngineError('ENVIRONMENT_LOST', text({ path }), { hint, details: { path, loss } })
}

/** The same, where the file's log was put aside. */
export const lostWithLog = (path: string, loss: Loss, log: string): EngineError =>
  new EngineError('ENVIRONMENT_LOST', SAYS[loss].text({ path }), { hint: storeText.logKeptHint({ log }), details: { path, loss, log } })

const SAYS: Record<Loss, { text: (parameters: { path: string }) => Message; hint: Message }> = {
  gone: { text: storeText.fileGone, hint: storeText.fileGoneHint },
  replaced: { text: storeText.fileReplaced, hint: storeText.fileReplacedHint },
  changed: { text: storeText.fileChanged, hint: storeText.fileChangedHint },
  logGone: { text: storeText.logGone, hint: storeText.logGoneHint },
}
