import { execFile } from 'node:child_process'
import type { AtSteps } from './steps.ts'

export interface ProcessEnd {
  signal: string | null
  printed: string
  errors: string
}

/** What a process that killed itself answers. */
export const KILLED: ProcessEnd = { signal: 'SIGKILL', printed: '', errors: '' }

/** Runs the job of a shape in a process of its own, whose clock begins at `startMs`. One that lives prints how many steps there were. */
export const runProcess = (script: string, path: string, shape: string, startMs: number, atSteps: AtSteps): Promise<ProcessEnd> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, path, shape, String(startMs), ...atSteps.map(String)],
      (_error, printed, errors) => resolve({ signal: child.signalCode, printed, errors }),
    )
  })

/** Every how manyth step is a real kill. Of the others a copy made at that step is looked at, which takes a tenth of the time. */
const STEPS_A_KILL = 8

/** True for the steps of a shape at which its process is really killed: others for each shape. */
export const isKilledAt = (step: number, shapeIndex: number): boolean => step % STEPS_A_KILL === shapeIndex % STEPS_A_KILL
