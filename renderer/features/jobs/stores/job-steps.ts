import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { StepRun, StepTime } from '#engine/contract/trace'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import { oneAtATime } from '../../../frame/stores/one-at-a-time.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** The plug-in steps of one cascade job. */
export interface JobStepsState {
  jobId: string | null
  /** Times of the steps; null while unknown. */
  times: StepTime[] | null
  /** The last refused or failed run of the job. */
  lastFailure: StepRun | null
  error: ErrorData | null
  show(jobId: string | null): Promise<void>
  refresh(): Promise<void>
}

/** Returns whether this run stopped the job: it is not committed, and the job has its error message. */
export const isStoppedBy = (job: Job, run: StepRun): boolean =>
  (job.status === 'Paused' || job.status === 'Failed' || (job.status === 'Waiting' && job.postponeUntilMs !== null)) &&
  !run.isCommitted &&
  ((run.code !== null && run.code === job.errorCode) || (run.error !== null && (job.message ?? '').includes(run.error)))

const NOTHING = { jobId: null, times: null, lastFailure: null, error: null }

export function createJobStepsStore(bridge: BridgeClient) {
  const store = createStore<JobStepsState>()((set, get) => {
    const refresh = oneAtATime(async () => {
      const { jobId } = get()
      if (jobId === null) return
      const isShown = () => get().jobId === jobId
      try {
        const [times, failures] = await Promise.all([
          bridge.call('trace.times', jobId),
          bridge.call('trace.find', { jobId, onlyErrors: true, limit: 1 }),
        ])
        if (isShown()) set({ times, lastFailure: failures.runs[0] ?? null, error: null })
      } catch (error) {
        if (isShown()) set({ error: errorDataOf(error) })
      }
    })
    return {
      ...NOTHING,
      async show(jobId) {
        if (get().jobId !== jobId) set({ ...NOTHING, jobId })
        await refresh()
      },
      refresh,
    }
  })
  bridge.on('trace', () => void store.getState().refresh())
  return Object.assign(store, { reset: () => store.setState(NOTHING), catchUp: () => void store.getState().refresh() })
}

export const jobStepsStore: StoreKey<ReturnType<typeof createJobStepsStore>> = ({ bridge }) => createJobStepsStore(bridge)
