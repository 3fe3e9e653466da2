import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

const entry = join(import.meta.dirname, '../../../main/cli/index.ts')

/** Runs the command line as a process of its own, as people do. */
export const cascade = (...args: string[]): Promise<Ended> => start(args).ended

/** The same, with a hand on the process while it runs. */
export function start(args: string[]): {
  ended: Promise<Ended>
  kill: (signal: NodeJS.Signals) => void
  heard: (text: string) => Promise<void>
} {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  const waiting = new Map<string, () => void>()
  const listen = () => {
    for (const [text, resolve] of waiting) if ((stdout + stderr).includes(text)) resolve()
  }
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
    listen()
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
    listen()
  })
  return {
    ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr }))),
    kill: (signal) => void child.kill(signal),
    heard: (text) =>
      new Promise((resolve) => {
        waiting.set(text, resolve)
        listen()
      }),
  }
}

/** The same with an output that is closed at the first word, as `cascade … | head` does. */
export function startCut(args: string[]): Promise<Omit<Ended, 'stdout'>> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stdout.destroy()
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })))
}
