import type { Job, JobDetails } from '#engine/contract/jobs'
import type { Core } from '../core.ts'
import type { CascadeWatcher } from '../observer.ts'

/** Waiting for the jobs of all users. */
export interface JobArea {
  /** Settles when the job is Completed, Paused, Failed or Cancelled. @throws JOB_MOVE_REFUSED if it is held, see `continueJobs` */
  jobEnded(jobId: string): Promise<Job>
  /** Lets the jobs continue that came with a file from somebody else. The file is known to this user from now on. */
  continueJobs(): Promise<void>
  /** Settles when no asynchronous step is waiting or running. */
  stepJobsEnded(): Promise<void>
}

/** Moving jobs by hand, in the name of a user. */
export interface UserJobArea {
  /** Returns a job with its messages, and what it waits for. */
  getJob(jobId: string): JobDetails
  /** Pauses a job that waits, or a cascade between two batches. @throws JOB_MOVE_REFUSED for any other */
  pauseJob(jobId: string): Promise<Job>
  /** Resumes a paused job where it stopped. @throws JOB_MOVE_REFUSED if it is not paused */
  resumeJob(jobId: string, watcher?: CascadeWatcher): Promise<Job>
  /** Plans a paused job again from the current data. */
  reexecuteJob(jobId: string, watcher?: CascadeWatcher): Promise<Job>
  /** Cancels a paused job; its changes stay. */
  cancelJob(jobId: string): Promise<Job>
  /** Starts the job that takes away what rows inherit along a relationship whose Share or Reparent was switched off. */
  cleanUpInheritedAccess(relationship: string): Promise<Job>
}

/** Returns the methods that wait for system jobs. */
export const jobArea = (core: Core): JobArea => ({
  async jobEnded(jobId) {
    core.engine.checkNotHeld(jobId)
    return core.jobs.ended(jobId)
  },
  async continueJobs() {
    await core.write(() => {
      core.engine.continueJobs()
      core.engine.recoverJobs()
    })
    core.announce({ kind: 'jobs' })
    core.jobs.wake()
  },
  stepJobsEnded: () => core.jobs.idle('step'),
})

/** Returns the methods with which a user moves system jobs. */
export function userJobArea(core: Core, userId: string): UserJobArea {
  const { jobs, watchers } = core
  const user = core.engine.as(userId)
  return {
    getJob(jobId) {
      const details = user.getJob(jobId)
      return { ...details, waitsFor: details.waitsFor && (core.whyJobsWait() ?? details.waitsFor) }
    },
    pauseJob: (jobId) => moved(() => user.pauseJob(jobId)),
    resumeJob: (jobId, watcher) => moved(() => watched(user.resumeJob(jobId), watcher)),
    reexecuteJob: (jobId, watcher) => moved(() => watched(user.reexecuteJob(jobId), watcher)),
    cancelJob: (jobId) => moved(() => user.cancelJob(jobId)),
    async cleanUpInheritedAccess(relationship) {
      const job = await core.write(() => user.createAccessJob(relationship))
      core.announceJob(job)
      jobs.wake()
      return job
    },
  }

  async function moved(change: () => Job): Promise<Job> {
    const job = await core.write(change)
    core.announceJob(job)
    jobs.moved(job)
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
