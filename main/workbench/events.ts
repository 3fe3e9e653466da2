import type { Change } from '#engine/contract/changes'
import type { Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job, JobProgress } from '#engine/contract/jobs'

/** What happened, after it was committed. */
export type WorkbenchEvent =
  | Change
  /** A job has come to another state, or was postponed again. */
  | { kind: 'job'; job: Job }
  | { kind: 'progress'; progress: Progress }
  /** Steps ran; `lastRun` is the number of the newest run in the trace log. */
  | { kind: 'trace'; lastRun: number }
  /** A job has come further in the same state. */
  | { kind: 'jobProgress'; progress: JobProgress }
  /** Jobs have come or ended that were not announced one by one. */
  | { kind: 'jobs' }
  /** Jobs are held up, or stopped, by something that is no job's fault: a full disk, a locked file. */
  | { kind: 'trouble'; error: ErrorData }
