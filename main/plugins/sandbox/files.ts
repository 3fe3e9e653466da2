import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import type { Permission } from '#engine/contract/plugins'

const LONGEST_FILE = 16_000_000
const PERMISSION_OF: Record<string, 'fs:read' | 'fs:write'> = {
  readFileSync: 'fs:read',
  existsSync: 'fs:read',
  readdirSync: 'fs:read',
  statSync: 'fs:read',
  writeFileSync: 'fs:write',
  appendFileSync: 'fs:write',
  mkdirSync: 'fs:write',
  rmSync: 'fs:write',
}
/** Virtual file systems, through which a process reaches its own memory, environment and open files. */
const SYSTEM_FOLDERS = ['/proc', '/sys', '/dev']

type Options = { encoding?: unknown; recursive?: unknown; force?: unknown } | string | null | undefined

/** A refused call, in the shape of Node's errors. */
class Refused extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Returns the function that answers a plug-in's calls of `node:fs`, see `FilesOutside.file`. */
export function filesFor(permissions: readonly Permission[], forbidden: () => string[]): (method: string, args: string) => string {
  return (method, args) => {
    try {
      const needed = PERMISSION_OF[method]
      if (needed === undefined) throw new Refused('ERR_NOT_SUPPORTED', `node:fs has no ${method} here`)
      if (!permissions.includes(needed))
        throw new Refused('ERR_ACCESS_DENIED', `${method} needs the permission "${needed}": list it in the definition`)
      const [path, ...rest] = JSON.parse(args) as [unknown, ...unknown[]]
      const result = run(method, openPath(path, method, forbidden()), rest)
      return result === undefined ? 'v' : `v${JSON.stringify(result)}`
    } catch (error) {
      const { code = 'ERR_UNKNOWN', message } = error as { code?: string; message: string }
      return `f${JSON.stringify({ code, message })}`
    }
  }
}

function run(method: string, path: string, rest: unknown[]): unknown {
  switch (method) {
    case 'readFileSync':
      return readText(path, rest[0] as Options)
    case 'existsSync':
      return existsSync(path)
    case 'readdirSync':
      if (rest[0] != null) throw new Refused('ERR_NOT_SUPPORTED', 'readdirSync takes no options here: it answers names')
      return readdirSync(path)
    case 'statSync': {
      const stats = statSync(path)
      return { size: stats.size, mtimeMs: stats.mtimeMs, isFile: stats.isFile(), isDirectory: stats.isDirectory() }
    }
    case 'writeFileSync':
      return writeFileSync(path, textOf(rest[0], rest[1] as Options))
    case 'appendFileSync':
      return appendFileSync(path, textOf(rest[0], rest[1] as Options))
    case 'mkdirSync':
      mkdirSync(path, { recursive: flag(rest[0] as Options, 'recursive') })
      return undefined
    default:
      return rmSync(path, { recursive: flag(rest[0] as Options, 'recursive'), force: flag(rest[0] as Options, 'force') })
  }
}

function readText(path: string, options: Options): string {
  if (!isUtf8(options)) throw new Refused('ERR_INVALID_ARG_VALUE', "readFileSync answers text here: say readFileSync(path, 'utf8')")
  const { size } = statSync(path)
  if (size > LONGEST_FILE) throw new Refused('ERR_FS_FILE_TOO_LARGE', `${path} has ${size} bytes; at most ${LONGEST_FILE} can be read`)
  return readFileSync(path, 'utf8')
}

function textOf(text: unknown, options: Options): string {
  if (typeof text !== 'string') throw new Refused('ERR_INVALID_ARG_TYPE', 'Only text can be written')
  if (options != null && !isUtf8(options)) throw new Refused('ERR_INVALID_ARG_VALUE', "The only encoding is 'utf8'")
  return text
}

const isUtf8 = (options: Options): boolean => {
  const encoding = typeof options === 'object' ? options?.encoding : options
  return encoding === 'utf8' || encoding === 'utf-8'
}

const flag = (options: Options, name: 'recursive' | 'force'): boolean => typeof options === 'object' && options?.[name] === true

/** Resolves a path that a plug-in names to its real path. @throws if no permission covers it */
function openPath(path: unknown, method: string, forbidden: string[]): string {
  if (typeof path !== 'string' || path === '' || path.includes('\0'))
    throw new Refused('ERR_INVALID_ARG_VALUE', `${method} takes a path as text`)
  const real = realPath(resolve(path))
  const refused = new Refused('ERR_ACCESS_DENIED', `${path} is closed to plug-ins`)
  if (/^\\\\[.?]\\/.test(path) || SYSTEM_FOLDERS.some((folder) => process.platform !== 'win32' && isInside(real, folder))) throw refused
  for (const closed of forbidden.map((closedPath) => realPath(resolve(closedPath)))) {
    if (isInside(real, closed) || isSameFile(real, closed)) throw refused
    if (method === 'rmSync' && isInside(closed, real)) throw refused
  }
  // A pipe or a device could block the thread, with the transaction open.
  const stats = statSync(real, { throwIfNoEntry: false })
  if (stats !== undefined && !stats.isFile() && !stats.isDirectory()) throw new Refused('ERR_ACCESS_DENIED', `${path} is no ordinary file`)
  return real
}

/** Resolves links as far as the path exists. Refuses a dangling link, because its target is unknown. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw new Refused('ERR_ACCESS_DENIED', `${path} is a link to nothing`)
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), path.slice(parent.length))
  }
}

/** Returns whether a path is inside a folder, ignoring case: some systems do, and on others that only refuses more. */
const isInside = (path: string, folder: string): boolean =>
  `${path}${sep}`.toLowerCase().startsWith(`${folder}${folder.endsWith(sep) ? '' : sep}`.toLowerCase())

/** Returns whether two paths are the same file, which hard links make possible. */
function isSameFile(path: string, other: string): boolean {
  const [one, two] = [path, other].map((each) => statSync(each, { bigint: true, throwIfNoEntry: false }))
  return one?.isFile() === true && two !== undefined && one.dev === two.dev && one.ino === two.ino
}
