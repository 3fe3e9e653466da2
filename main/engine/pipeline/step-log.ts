import type { Settings } from '../contract/settings.ts'
import type { Connection } from '../store/connection.ts'
import type { NewRun } from '../store/step-runs.ts'
import { insertRuns, trimRuns } from '../store/step-runs.ts'

/** Of a transaction with more runs than this, the log keeps the newest. */
const MOST_RUNS = 20_000

/** How often the oldest runs make room. */
const RUNS_A_TRIM = 5_000

/**
 * What the steps of one transaction did. It is written with the transaction, and where that is rolled back, by itself:
 * the one trace that a refused operation leaves.
 */
export class StepLog {
  #runs: NewRun[] = []
  /** Runs that made room: indexes count from the first run of the transaction. */
  #dropped = 0
  #sinceTrim = 0

  get size(): number {
    return this.#dropped + this.#runs.length
  }

  /** A run that has begun. The answer is its index, by which those that it sets off name it as their parent. */
  add(run: NewRun): number {
    if (this.#runs.length >= MOST_RUNS) this.#makeRoom()
    this.#runs.push(run)
    return this.size - 1
  }

  /** What began at this index or later was undone, while what came before it stays. */
  undoFrom(index: number): void {
    for (const run of this.#runs.slice(Math.max(0, index - this.#dropped))) run.isCommitted = false
  }

  /** Of runs that failed nothing was committed. */
  undoFailed(): void {
    for (const run of this.#runs) if (run.outcome !== 'done') run.isCommitted = false
  }

  /** Writes the runs into the trace log, those that the settings keep, and forgets them. */
  write(connection: Connection, settings: Settings, isCommitted: boolean): void {
    if (this.#runs.length === 0) return
    const runs = this.take()
    if (!isCommitted) for (const run of runs) run.isCommitted = false
    const kept = keptBy(settings, runs)
    insertRuns(connection, kept)
    this.#sinceTrim += kept.length
    if (this.#sinceTrim < RUNS_A_TRIM) return
    this.#sinceTrim = 0
    trimRuns(connection, settings.pluginTraceRuns)
  }

  /** The runs so far, which are then in no log. */
  take(): NewRun[] {
    const dropped = this.#dropped
    const runs = this.#runs
    this.#runs = []
    this.#dropped = 0
    if (dropped > 0) for (const run of runs) run.parent = run.parent === null || run.parent < dropped ? null : run.parent - dropped
    return runs
  }

  #makeRoom(): void {
    const dropped = MOST_RUNS / 2
    this.#dropped += dropped
    this.#runs = this.#runs.slice(dropped)
  }
}

function keptBy({ pluginTraceLog }: Settings, runs: NewRun[]): NewRun[] {
  if (pluginTraceLog === 'All') return runs
  return pluginTraceLog === 'Off' ? [] : runs.filter(({ outcome }) => outcome !== 'done').map((run) => ({ ...run, parent: null }))
}
