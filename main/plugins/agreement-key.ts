import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EngineError } from '#engine/contract/errors'
import { packageText } from '#text/english/packages'
import type { Message } from '#text/message'

const KEY = /^[0-9a-f]{64}$/

/** Returns the path of the key, which no plug-in may read. */
const agreementKeyPath = (dataFolder: string): string => join(dataFolder, 'agreement.key')

/** Returns the paths that no permission opens: the folder, and the key itself, which may have a second name outside the folder. */
export const secretsOf = (dataFolder: string): string[] => [dataFolder, agreementKeyPath(dataFolder)]

/**
 * Returns the secret with which environments verify this user's agreements: 32 random bytes as hex, in a file that only the user can read.
 * Creates it once; processes that start at the same time all get the same key.
 * @throws ENVIRONMENT_UNUSABLE if the file cannot be read or created
 */
export function agreementKey(dataFolder: string): string {
  const path = agreementKeyPath(dataFolder)
  try {
    return read(path) ?? make(path, dataFolder)
  } catch (error) {
    if (error instanceof EngineError) throw error
    throw unusable(path, error instanceof Error ? error.message : String(error), packageText.mayReadKeyHint)
  }
}

function read(path: string): string | undefined {
  const text = readIfThere(path)
  if (text === undefined || KEY.test(text.trim())) return text?.trim()
  throw unusable(path, packageText.noKey, packageText.noKeyHint)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes the key under a temporary name and links it: unlike a rename, a link never replaces an existing file. */
function make(path: string, dataFolder: string): string {
  mkdirSync(dataFolder, { recursive: true })
  const key = randomBytes(32).toString('hex')
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${key}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, path)
    return key
  } catch (error) {
    const made = read(path)
    if (made === undefined) throw error
    return made
  } finally {
    rmSync(draft, { force: true })
  }
}

const unusable = (path: string, reason: string | Message, hint: Message) =>
  new EngineError('ENVIRONMENT_UNUSABLE', packageText.keyUnusable({ path, reason }), {
    hint,
    details: { path },
  })
