import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const address = z.object({ port: z.int().min(1).max(65_535), session: z.string().regex(/^[\w-]{43}$/) })
/** Where a host listened, and the value of its session cookie. */
export type Address = z.infer<typeof address>

const KEPT_MS = 24 * 60 * 60 * 1_000

const pathIn = (dataFolder: string): string => join(dataFolder, 'browser-host.json')

/**
 * Returns the address of the host that ran before, so that a page that is still open finds the next one; null if there was none within a
 * day, or the file is damaged. Only this user can read the file.
 */
export function readLastAddress(dataFolder: string): Address | null {
  try {
    const path = pathIn(dataFolder)
    return Date.now() - statSync(path).mtimeMs > KEPT_MS ? null : address.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

export function writeLastAddress(dataFolder: string, last: Address): void {
  const path = pathIn(dataFolder)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.draft`, JSON.stringify(last), { mode: 0o600 })
  renameSync(`${path}.draft`, path)
}
