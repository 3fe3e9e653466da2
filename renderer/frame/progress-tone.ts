import type { JobStatus } from '#engine/contract/jobs'

/** Returns the colour of a job's progress bar. */
export const progressTone = (status: JobStatus): 'accent' | 'held' | 'failed' | 'completed' =>
  status === 'Completed' ? 'completed' : status === 'Paused' ? 'held' : status === 'Failed' ? 'failed' : 'accent'
