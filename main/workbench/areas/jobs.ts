import type { Engine } from '#engine'
import type { Job, JobDetails } from '#engine/contract/jobs'
import type { Core } from '../core.ts'
import type { CascadeWatcher } from '../observer.ts'

export interface JobArea extends Pick<Engine, 'findJobs' | 'getJob' | 'findNotifications'> {
  /** Resumes a paused job where it stopped. @throws JOB_MOVE_REFUSED if it is not paused */
  resumeJob(jobId: string, caller: string, watcher?: CascadeWatcher): Promise<Job>
  /** Plans a paused job again from the current data. */
  reexecuteJob(jobId: string, caller: string, watcher?: CascadeWatcher): Promise<Job>
  /** Cancels a paused job; its changes stay. */
  cancelJob(jobId: string, caller: string): Promise<Job>
  /** Settles when the job is Completed, Paused, Failed or Cancelled. */
  jobEnded(jobId: string): Promise<JobDetails>
  /** Settles when no asynchronous step is waiting or running. */
  stepJobsEnded(): Promise<void>
}

/** Returns the methods that list system jobs and move them. */
export function jobArea(core: Core): JobArea {
  const { engine, jobs, watchers } = core
  return {
    findJobs: engine.findJobs,
    getJob: engine.getJob,
    findNotifications: engine.findNotifications,
    resumeJob: (jobId, caller, watcher) => moved(() => watched(engine.resumeJob(jobId, caller), watcher)),
    reexecuteJob: (jobId, caller, watcher) => moved(() => watched(engine.reexecuteJob(jobId, caller), watcher)),
    cancelJob: (jobId, caller) => moved(() => engine.cancelJob(jobId, caller)),
    jobEnded: (jobId) => jobs.ended(jobId),
    stepJobsEnded: () => jobs.idle('step'),
  }

  async function moved(change: () => Job): Promise<Job> {
    const job = await core.write(change)
    core.announceJob(job)
    jobs.wake()
    return job
  }

  /** Replaces a job's watcher. Moving a job by hand ends the previous watch. */
  function watched(job: Job, watcher: CascadeWatcher | undefined): Job {
    if (watcher) watchers.set(job.id, watcher)
    else watchers.delete(job.id)
    return job
  }
}
