import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Report } from './fuzz-process.ts'
import { Random } from './random.ts'
import type { Target } from './target.ts'

export interface FuzzOptions {
  runs: number
  /** The seed of the first run; each run has the next one, so a finding is repeated with its seed and one run. */
  seed: number
  /** Time for one run in milliseconds, after which it counts as hanging. */
  hangMs: number
  /** Memory for the whole process in megabytes. */
  mostMegabytes: number
}

/** A run that broke a promise. */
export interface Finding {
  seed: number
  input: unknown
  what: string
}

export interface FuzzReport {
  accepted: number
  /** Counts by code. */
  refused: Record<string, number>
  findings: Finding[]
  mostMegabytes: number
}

/** Runs in one process, so that its memory is that of its inputs and not of all before them. */
const RUNS_A_PROCESS = 250

/** Gives a target inputs of chance, in a process that is ended and started again where a run hangs, crashes or takes too much memory. */
export async function fuzz(target: Target, { runs, seed, hangMs, mostMegabytes }: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = { accepted: 0, refused: {}, findings: [], mostMegabytes: 0 }
  const end = seed + runs
  const add = (at: number, what: string) => report.findings.push({ seed: at, input: target.makeInput(new Random(at)), what })
  for (let next = seed; next < end; ) {
    const last = Math.min(next + RUNS_A_PROCESS, end) - 1
    const broke = await runProcess(target.name, next, last, hangMs, (done) => {
      next = done.seed + 1
      report.mostMegabytes = Math.max(report.mostMegabytes, Math.round(done.megabytes))
      count(report, done, add)
      if (done.megabytes <= mostMegabytes) return true
      add(done.seed, `The process took ${Math.round(done.megabytes)} MB`)
      return false
    })
    if (broke !== undefined) add(next++, broke)
  }
  return report
}

function count(report: FuzzReport, { seed, outcome }: Report, add: (seed: number, what: string) => void): void {
  if (outcome.kind === 'accepted') report.accepted++
  else if (outcome.kind === 'refused') report.refused[outcome.code] = (report.refused[outcome.code] ?? 0) + 1
  else add(seed, outcome.what)
}

/** Runs a process until it ends, or a report says that it must not go on. Returns what ended it in the middle of a run. */
function runProcess(
  name: string,
  first: number,
  last: number,
  hangMs: number,
  onReport: (report: Report) => boolean,
): Promise<string | undefined> {
  const child = fork(join(import.meta.dirname, 'fuzz-process.ts'), [name, String(first), String(last)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  return new Promise((resolve) => {
    let errors = ''
    let stray: string | undefined
    child.stderr?.on('data', (text) => {
      errors = `${errors}${text}`.slice(-4_000)
    })
    // The first run includes the start of the process.
    let patience = watch(child, 20 * hangMs)
    let isStopped = false
    let isHanging = false
    child.on('message', (message: Report | { begins: number } | { stray: string }) => {
      clearTimeout(patience)
      patience = watch(child, hangMs, () => {
        isHanging = true
      })
      if ('stray' in message) stray = message.stray
      if ('outcome' in message && !onReport(message)) {
        isStopped = true
        child.kill('SIGKILL')
      }
    })
    child.on('exit', (code, signal) => {
      clearTimeout(patience)
      if (isStopped || code === 0) resolve(undefined)
      else if (isHanging) resolve(`It took longer than ${hangMs} ms`)
      else resolve(stray ?? `The process ended with ${signal ?? code}: ${errors}`)
    })
  })
}

const watch = (child: ChildProcess, ms: number, onHang = () => {}): NodeJS.Timeout =>
  setTimeout(() => {
    onHang()
    child.kill('SIGKILL')
  }, ms)
