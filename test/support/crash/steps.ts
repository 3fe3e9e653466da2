import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/** What a process does at its steps: `kill N` ends it at the N-th, `copy FOLDER` keeps at each what a kill would leave there. */
export type AtSteps = readonly ['kill', step: number] | readonly ['copy', folder: string]

/** Copies an environment file with its log. SQLite keeps nothing else in a file, so this is what a process that is killed now would leave. */
export function copyEnvironment(from: string, to: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(`${from}${suffix}`)) copyFileSync(`${from}${suffix}`, `${to}${suffix}`)
}

export const copyAt = (folder: string, step: number): string => join(folder, `${step}.cascade`)

/** Counts the steps of a process that works on an environment, and does at each what it was told to. */
export function countedSteps(path: string, [what, value]: string[]): { step: () => void; count: () => number } {
  let steps = 0
  const step = (): void => {
    steps++
    if (what === 'copy') copyEnvironment(path, copyAt(String(value), steps))
    else if (steps === Number(value)) process.kill(process.pid, 'SIGKILL')
  }
  return { step, count: () => steps }
}
