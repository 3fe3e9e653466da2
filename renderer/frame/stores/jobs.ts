import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { Job, JobDetails, JobProgress } from '#engine/contract/jobs'
import { type BridgeClient, errorDataOf } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'
import { type PeopleStore, peopleStore } from './people.ts'

/** An action on a job. */
export type JobMove = 'pause' | 'resume' | 'reexecute' | 'cancel'

export interface JobsState {
  /** Newest first; null while loading. */
  jobs: Job[] | null
  error: ErrorData | null
  /** Records per second of each running job, measured between its last two events. */
  speeds: Record<string, number>
  details: JobDetails | null
  detailsError: ErrorData | null
  /** Jobs with an action that has not been answered yet. */
  moving: ReadonlySet<string>
  /** The last refused action, until the next one or until it is dismissed. */
  refusedMove: { jobId: string; move: JobMove; error: ErrorData } | null
  load(): Promise<void>
  openJob(jobId: string): Promise<void>
  /** Pauses a job that waits, or a cascade between two batches. */
  pauseJob(jobId: string): Promise<void>
  /** Resumes a job where it stopped. */
  resumeJob(jobId: string): Promise<void>
  /** Plans a job again from the current data. */
  reexecuteJob(jobId: string): Promise<void>
  /** Cancels a job; its changes stay. */
  cancelJob(jobId: string): Promise<void>
  dismissRefusedMove(): void
}

const NOTHING = {
  jobs: null,
  error: null,
  speeds: {},
  details: null,
  detailsError: null,
  moving: new Set<string>(),
  refusedMove: null,
}

export const isUnderWay = (job: Job): boolean => job.status === 'In Progress' || job.status === 'Waiting'

/** Returns whether a job waits for its next attempt. */
export const isPostponed = (job: Job): job is Job & { postponeUntilMs: number } => job.status === 'Waiting' && job.postponeUntilMs !== null

const newestFirst = (jobs: Job[]): Job[] => jobs.toSorted((a, b) => b.createdOnMs - a.createdOnMs)

/** How many of the newest cascades the whole app knows of. */
const KNOWN_JOBS = 200

export function createJobsStore(bridge: BridgeClient, people: PeopleStore) {
  const store = createStore<JobsState>()((set, get) => {
    const moveJob = async (jobId: string, move: JobMove) => {
      if (get().moving.has(jobId)) return
      set({ moving: new Set(get().moving).add(jobId), refusedMove: null })
      try {
        take(await bridge.call(`jobs.${move}`, { jobId, caller: people.callerId() }))
      } catch (error) {
        set({ refusedMove: { jobId, move, error: errorDataOf(error) } })
      } finally {
        const moving = new Set(get().moving)
        moving.delete(jobId)
        set({ moving })
      }
    }
    return {
      ...NOTHING,
      async load() {
        try {
          const { jobs } = await bridge.call('jobs.find', { query: { kind: 'cascade', limit: KNOWN_JOBS }, caller: people.callerId() })
          set({ jobs: newestFirst(jobs), error: null })
        } catch (error) {
          set({ error: errorDataOf(error) })
        }
      },
      async openJob(jobId) {
        if (get().details?.job.id !== jobId) set({ details: null, detailsError: null })
        try {
          set({ details: await bridge.call('jobs.get', { jobId, caller: people.callerId() }), detailsError: null })
        } catch (error) {
          set({ detailsError: errorDataOf(error) })
        }
      },
      pauseJob: (jobId) => moveJob(jobId, 'pause'),
      resumeJob: (jobId) => moveJob(jobId, 'resume'),
      reexecuteJob: (jobId) => moveJob(jobId, 'reexecute'),
      cancelJob: (jobId) => moveJob(jobId, 'cancel'),
      dismissRefusedMove: () => set({ refusedMove: null }),
    }
  })

  const reported = new Map<string, { atMs: number; processed: number }>()
  const measure = (job: JobProgress) => {
    const before = reported.get(job.id)
    const atMs = Date.now()
    if (before !== undefined && atMs - before.atMs < 250) return
    reported.set(job.id, { atMs, processed: job.processed })
    if (before === undefined) return
    const speed = Math.round(((job.processed - before.processed) * 1000) / (atMs - before.atMs))
    store.setState({ speeds: { ...store.getState().speeds, [job.id]: Math.max(0, speed) } })
  }
  /** Takes the new state of a job, unless an event has brought a newer one. */
  const take = (job: Job) => {
    const { jobs, details, openJob } = store.getState()
    const known = jobs?.find((other) => other.id === job.id)
    if (known !== undefined && known.modifiedOnMs > job.modifiedOnMs) return
    store.setState({ jobs: newestFirst([job, ...(jobs ?? []).filter((other) => other.id !== job.id)]) })
    if (details?.job.id !== job.id) return
    store.setState({ details: { ...details, job } })
    if (details.job.status !== job.status || details.job.retryCount !== job.retryCount) void openJob(job.id)
  }
  bridge.on('job', (job) => {
    measure(job)
    take(job)
  })
  bridge.on('jobProgress', (progress) => {
    measure(progress)
    const { jobs, details } = store.getState()
    const known = jobs?.find((job) => job.id === progress.id) ?? details?.job
    if (known?.id === progress.id) take({ ...known, ...progress })
  })
  bridge.on('jobs', () => {
    const { details, load, openJob } = store.getState()
    void load()
    // A job that comes and ends within one turn is not announced by itself.
    if (details !== null && isUnderWay(details.job)) void openJob(details.job.id)
  })
  return Object.assign(store, { reset: () => store.setState(NOTHING), load: () => void store.getState().load() })
}
export type JobsStore = ReturnType<typeof createJobsStore>

export const jobsStore: StoreKey<JobsStore> = ({ bridge, get }) => createJobsStore(bridge, get(peopleStore))
