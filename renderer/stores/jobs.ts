import { createStore } from 'zustand/vanilla'
import type { ErrorData, Job, JobDetails } from '#engine/model'
import { type BridgeClient, errorDataOf } from '../bridge.ts'

export type JobView = 'all' | 'cascadeOperations'

export interface JobsState {
  view: JobView
  /** Newest first; null while loading. */
  jobs: Job[] | null
  error: ErrorData | null
  /** Records per second, measured between the last two reports of each running job. */
  speeds: Record<string, number>
  details: JobDetails | null
  detailsError: ErrorData | null
  load(): Promise<void>
  chooseView(view: JobView): Promise<void>
  openJob(jobId: string): Promise<void>
}

const NOTHING = { jobs: null, error: null, speeds: {}, details: null, detailsError: null }

export const isUnderWay = (job: Job): boolean => job.status === 'In Progress' || job.status === 'Waiting'

const newestFirst = (jobs: Job[]): Job[] => jobs.toSorted((a, b) => b.createdOnMs - a.createdOnMs)

export function createJobsStore(bridge: BridgeClient) {
  const store = createStore<JobsState>()((set, get) => ({
    view: 'all',
    ...NOTHING,
    async load() {
      try {
        set({ jobs: newestFirst(await bridge.call('jobs.find', get().view)), error: null })
      } catch (error) {
        set({ error: errorDataOf(error) })
      }
    },
    async chooseView(view) {
      set({ view, jobs: null })
      await get().load()
    },
    async openJob(jobId) {
      if (get().details?.job.id !== jobId) set({ details: null, detailsError: null })
      try {
        set({ details: await bridge.call('jobs.get', jobId), detailsError: null })
      } catch (error) {
        set({ detailsError: errorDataOf(error) })
      }
    },
  }))

  const reported = new Map<string, { atMs: number; processed: number }>()
  bridge.on('job', (job) => {
    const { jobs, speeds, details, openJob } = store.getState()
    const before = reported.get(job.id)
    const atMs = Date.now()
    if (before === undefined || atMs - before.atMs >= 250) reported.set(job.id, { atMs, processed: job.processed })
    if (before !== undefined && atMs - before.atMs >= 250) {
      const speed = Math.round(((job.processed - before.processed) * 1000) / (atMs - before.atMs))
      store.setState({ speeds: { ...speeds, [job.id]: Math.max(0, speed) } })
    }
    store.setState({ jobs: newestFirst([job, ...(jobs ?? []).filter((other) => other.id !== job.id)]) })
    if (details?.job.id !== job.id) return
    store.setState({ details: { ...details, job } })
    if (details.job.status !== job.status || details.job.retryCount !== job.retryCount) void openJob(job.id)
  })
  return Object.assign(store, { reset: () => store.setState(NOTHING) })
}
export type JobsStore = ReturnType<typeof createJobsStore>
