import type { EngineError } from '../contract/errors.ts'
import type { Settings } from '../contract/settings.ts'
import type { Connection } from '../store/connection.ts'
import type { NewRun } from '../store/step-runs.ts'
import { insertRuns, trimRuns } from '../store/step-runs.ts'

/** Limit of runs that are kept for one transaction; the oldest are dropped. */
const MOST_RUNS = 20_000

/** Limit of the characters that these runs hold in all: steps decide how long their inputs, outputs and traces are. */
const MOST_CHARACTERS = 64_000_000

/** Number of new runs between two deletions of the oldest ones. */
const RUNS_A_TRIM = 5_000

/**
 * Collects the step runs of one transaction. They are written with the transaction or, if it is rolled back, in one of their own:
 * the only data that a refused operation leaves.
 */
export class StepLog {
  #runs: NewRun[] = []
  /** Number of dropped runs; indexes count from the first run of the transaction. */
  #dropped = 0
  /** Characters of the ended runs. */
  #characters = 0
  #sinceTrim = 0
  readonly #failedRuns = new WeakMap<EngineError, NewRun>()

  get size(): number {
    return this.#dropped + this.#runs.length
  }

  /** Adds a run that has begun. Returns its index, which runs that it causes use as their parent. */
  add(run: NewRun): number {
    if (this.#runs.length >= MOST_RUNS || this.#characters > MOST_CHARACTERS) this.#makeRoom()
    this.#runs.push(run)
    return this.size - 1
  }

  /** Must be called when a run has ended, with all its texts. */
  ended(run: NewRun): void {
    this.#characters += charactersOf(run)
  }

  /** Remembers the run that an error comes from: the first to fail with it, because outer runs pass it on. */
  blame(error: EngineError, run: NewRun): void {
    if (!this.#failedRuns.has(error)) this.#failedRuns.set(error, run)
  }

  /** Returns the number of the run that an error comes from; `null` if it comes from none, or from one that was not kept. */
  failedRunOf(error: EngineError): number | null {
    return this.#failedRuns.get(error)?.number ?? null
  }

  /** Marks the runs from this index on as rolled back. */
  undoFrom(index: number): void {
    for (const run of this.#runs.slice(Math.max(0, index - this.#dropped))) run.isCommitted = false
  }

  /** Marks failed runs as rolled back. */
  undoFailed(): void {
    for (const run of this.#runs) if (run.outcome !== 'done') run.isCommitted = false
  }

  /** Writes the runs that the settings keep to the trace log, and clears the list. */
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

  /** Returns the runs so far and clears the list without writing it. */
  take(): NewRun[] {
    const dropped = this.#dropped
    const runs = this.#runs
    this.#runs = []
    this.#dropped = 0
    this.#characters = 0
    if (dropped > 0) for (const run of runs) run.parent = run.parent === null || run.parent < dropped ? null : run.parent - dropped
    return runs
  }

  #makeRoom(): void {
    const dropped = Math.ceil(this.#runs.length / 2)
    this.#dropped += dropped
    this.#runs = this.#runs.slice(dropped)
    this.#characters = this.#runs.reduce((sum, run) => sum + charactersOf(run), 0)
  }
}

const charactersOf = ({ input, output, trace, preImage, postImage }: NewRun): number =>
  [input, output, trace, preImage, postImage].reduce((sum, text) => sum + (text?.length ?? 0), 0)

function keptBy({ pluginTraceLog }: Settings, runs: NewRun[]): NewRun[] {
  if (pluginTraceLog === 'All') return runs
  if (pluginTraceLog === 'Off') return []
  const failed = runs.filter(({ outcome }) => outcome !== 'done')
  for (const run of failed) run.parent = null
  return failed
}
