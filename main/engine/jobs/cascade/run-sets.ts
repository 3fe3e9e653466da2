import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import type { BatchRun } from './batch-run.ts'
import { closeRange } from './close-range.ts'
import { faultOf, processRange } from './process-range.ts'

/** Runs records on which no step listens, set by set, inside the transaction of the caller. */
export function runSets(run: BatchRun): CascadeJobRow {
  closeRange(run, run.isEmpty ? undefined : (faultOf(run) ?? processRange(run)))
  return run.reread()
}
