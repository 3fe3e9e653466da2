import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * Loaded before the product (`--import`): counts calls that change files, and calls of SQLite, on the main thread. Before each it copies
 * the folder `FOLDER` to `COPIES`/n, which is what a kill at that call would leave; or it kills the process before call `KILL_AT`.
 */
const { FOLDER = '', COPIES, KILL_AT } = process.env
/** Statements between two that count: within a transaction they are alike. */
const STATEMENTS_A_COUNT = Number(process.env.STATEMENTS_A_COUNT ?? 1)

const { mkdirSync, copyFileSync, linkSync, readdirSync, statSync } = fs
let calls = 0
let statements = 0
let isCounting = true

function count(): void {
  if (!isCounting) return
  isCounting = false
  calls++
  if (COPIES !== undefined) copyFolder(join(COPIES, String(calls)))
  if (String(calls) === KILL_AT) process.kill(process.pid, 'SIGKILL')
  isCounting = true
}

/** Copies the files of a folder. Two names of one file stay that. */
function copyFolder(to: string): void {
  mkdirSync(to, { recursive: true })
  const copied = new Map<bigint, string>()
  for (const name of readdirSync(FOLDER)) {
    const status = statSync(join(FOLDER, name), { bigint: true, throwIfNoEntry: false })
    if (!status?.isFile()) continue
    const earlier = copied.get(status.ino)
    if (earlier === undefined) copyFileSync(join(FOLDER, name), join(to, name))
    else linkSync(earlier, join(to, name))
    copied.set(status.ino, join(to, name))
  }
}

/** Replaces a function by one that counts those of its calls that matter. */
function counting(holder: object, name: string, counts: (self: unknown, args: unknown[]) => boolean = () => true): void {
  const functions = holder as Record<string, (...args: unknown[]) => unknown>
  const call = functions[name]
  if (!call) throw new Error(`There is no ${name}`)
  functions[name] = function (this: unknown, ...args: unknown[]) {
    if (counts(this, args)) count()
    return call.apply(this, args)
  }
}

/** Node itself reads and writes files too, elsewhere. */
const isInFolder = (_self: unknown, args: unknown[]): boolean => args.some((arg) => typeof arg === 'string' && arg.startsWith(FOLDER))
for (const name of ['openSync', 'writeFileSync', 'linkSync', 'renameSync', 'rmSync', 'mkdirSync', 'copyFileSync', 'truncateSync'])
  counting(fs, name, isInFolder)
for (const name of ['open', 'writeFile', 'rename', 'rm', 'mkdir', 'copyFile', 'cp']) counting(fs.promises, name, isInFolder)
counting(fs, 'fsyncSync')
syncBuiltinESMExports()

const anyDatabase = new Database(':memory:')
const statement = Object.getPrototypeOf(anyDatabase.prepare('SELECT 1')) as object
anyDatabase.close()
for (const name of ['exec', 'pragma', 'close']) counting(Database.prototype, name)
counting(statement, 'run', (self) => {
  const { source } = self as Database.Statement
  return /^(BEGIN|COMMIT|ROLLBACK|VACUUM)/.test(source) || ++statements % STATEMENTS_A_COUNT === 0
})
