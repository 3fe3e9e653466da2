import type { Change } from '#engine/contract/changes'
import type { Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job, JobProgress } from '#engine/contract/jobs'

/** An event, announced after the commit. */
export type WorkbenchEvent =
  | Change
  /** A job has changed its state, or was postponed again. */
  | { kind: 'job'; job: Job }
  | { kind: 'progress'; progress: Progress }
  /** Steps ran; `lastRun` is the number of the newest run in the trace log. */
  | { kind: 'trace'; lastRun: number }
  /** A job has processed more records and is in the same state. */
  | { kind: 'jobProgress'; progress: JobProgress }
  /** Jobs were created or have ended, and were not announced one by one. */
  | { kind: 'jobs' }
  /** Jobs are delayed or stopped by a cause outside the jobs: a full disk, a locked file. */
  | { kind: 'trouble'; error: ErrorData }
