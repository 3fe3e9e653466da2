import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

const entry = join(import.meta.dirname, '../../../main/cli/index.ts')

/** What these tests agree to is agreed to nowhere else. */
const dataFolder = mkdtempSync(join(tmpdir(), 'cascade-data-'))
process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }))

const spawnCascade = (args: string[], data: string, environment: Record<string, string> = {}) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CASCADE_DATA_FOLDER: data, ...environment },
  })

/** Runs the command line as a process of its own, as people do. */
export const cascade = (...args: string[]): Promise<Ended> => start(args).ended

/** The same by another user of this computer, or on another one. */
export const cascadeAs = (otherDataFolder: string, ...args: string[]): Promise<Ended> => start(args, otherDataFolder).ended

/** The same with environment variables. */
export const cascadeWith = (environment: Record<string, string>, ...args: string[]): Promise<Ended> =>
  start(args, dataFolder, environment).ended

/** The same, with a hand on the process while it runs. */
export function start(
  args: string[],
  data = dataFolder,
  environment: Record<string, string> = {},
): {
  ended: Promise<Ended>
  kill: (signal: NodeJS.Signals) => void
  heard: (text: string) => Promise<void>
  heardTimes: (text: string, times: number) => Promise<void>
  heardMatch: (pattern: RegExp) => Promise<RegExpExecArray>
} {
  const child = spawnCascade(args, data, environment)
  let stdout = ''
  let stderr = ''
  let isOver = false
  const waiting = new Set<() => void>()
  const listen = () => {
    for (const look of waiting) look()
  }
  /** Settles as soon as something is found in all that was written so far. Rejects when the process ends without writing it. */
  const heard = <T>(find: (written: string) => T | null) =>
    new Promise<T>((resolve, reject) => {
      waiting.add(() => {
        const found = find(stdout + stderr)
        if (found !== null) resolve(found)
        else if (isOver) reject(new Error(`The command ended and never wrote what was waited for:\n${stdout}${stderr}`))
      })
      listen()
    })
  const heardTimes = async (text: string, times: number) => void (await heard((written) => written.split(text).length > times || null))
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
    listen()
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
    listen()
  })
  return {
    ended: new Promise((resolve) =>
      child.on('close', (code) => {
        isOver = true
        listen()
        resolve({ code, stdout, stderr })
      }),
    ),
    kill: (signal) => void child.kill(signal),
    heard: (text) => heardTimes(text, 1),
    heardTimes,
    heardMatch: (pattern) => heard((written) => pattern.exec(written)),
  }
}

/** The same with an output that is closed at the first word, as `cascade … | head` does. */
export function startCut(args: string[]): Promise<Omit<Ended, 'stdout'>> {
  const child = spawnCascade(args, dataFolder)
  let stderr = ''
  child.stdout.destroy()
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })))
}
