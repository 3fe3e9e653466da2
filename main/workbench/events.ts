import type { Change } from '#engine/contract/changes'
import type { Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'

/** What happened, after it was committed. */
export type WorkbenchEvent =
  | Change
  | { kind: 'job'; job: Job }
  | { kind: 'progress'; progress: Progress }
  /** Steps ran; `lastRun` is the number of the newest run in the trace log. */
  | { kind: 'trace'; lastRun: number }
  /** The system job of an asynchronous step came, went on or ended. */
  | { kind: 'stepJobs' }
  /** Jobs are held up, or stopped, by something that is no job's fault: a full disk, a locked file. */
  | { kind: 'trouble'; error: ErrorData }
