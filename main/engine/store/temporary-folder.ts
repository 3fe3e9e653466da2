import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockedName, tryLock } from './lock-file.ts'

const NAME = /^cascade-workbench-[0-9a-f]{16}(?=$|\.lock$)/

/** A folder for files that only this process needs. */
export interface TemporaryFolder {
  path: string
  remove(): void
}

/** Makes a folder in the system's temporary folder that only this user can enter, and removes those that are left. */
export function makeTemporaryFolder(): TemporaryFolder {
  sweepTemporaryFolders()
  // Locked before it exists, so that no other process takes it for left behind.
  const { path, release } = lockedName(() => join(tmpdir(), `cascade-workbench-${randomBytes(8).toString('hex')}`))
  mkdirSync(path, { mode: 0o700 })
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true })
      release()
    },
  }
}

/** Removes the temporary folders of processes that ended without removing them. */
export function sweepTemporaryFolders(): void {
  const names = readdirSync(tmpdir()).flatMap((name) => NAME.exec(name)?.[0] ?? [])
  for (const name of new Set(names)) sweep(join(tmpdir(), name))
}

function sweep(path: string): void {
  try {
    if (!isOwn(path) && !isOwn(`${path}.lock`)) return
    const release = tryLock(`${path}.lock`)
    if (release === undefined) return
    rmSync(path, { recursive: true, force: true })
    release()
  } catch {
    // What cannot be removed is in nobody's way.
  }
}

function isOwn(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found !== undefined && (process.geteuid === undefined || found.uid === process.geteuid())
}
