import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { StepRun, StepTime } from '#engine/contract/trace'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import { oneAtATime } from '../../../frame/stores/one-at-a-time.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

/** The plug-in steps of one cascade job. */
export interface JobStepsState {
  jobId: string | null
  failedRun: number | null
  /** Times of the steps; null while unknown. */
  times: StepTime[] | null
  /** The run that the job's error comes from, if it is still in the trace log. */
  failure: StepRun | null
  error: ErrorData | null
  show(job: Pick<Job, 'id' | 'failedRun'> | null): Promise<void>
  refresh(): Promise<void>
}

/** Returns whether the job is stopped by its error, until the next try or until somebody decides. */
export const isStopped = (job: Job): boolean =>
  job.status === 'Paused' || job.status === 'Failed' || (job.status === 'Waiting' && job.postponeUntilMs !== null)

const NOTHING = { jobId: null, failedRun: null, times: null, failure: null, error: null }

export function createJobStepsStore(bridge: BridgeClient, people: PeopleStore) {
  const store = createStore<JobStepsState>()((set, get) => {
    const refresh = oneAtATime(async () => {
      const { jobId, failedRun } = get()
      if (jobId === null) return
      const isShown = () => get().jobId === jobId && get().failedRun === failedRun
      try {
        const caller = people.callerId()
        const [times, failure] = await Promise.all([
          bridge.call('trace.times', { jobId, caller }),
          failedRun === null ? null : findRun(bridge, failedRun, caller),
        ])
        if (isShown()) set({ times, failure, error: null })
      } catch (error) {
        if (isShown()) set({ error: errorDataOf(error) })
      }
    })
    return {
      ...NOTHING,
      async show(job) {
        const { id = null, failedRun = null } = job ?? {}
        if (get().jobId !== id) set({ ...NOTHING, jobId: id })
        if (get().failedRun !== failedRun) set({ failedRun, failure: null })
        await refresh()
      },
      refresh,
    }
  })
  bridge.on('trace', () => void store.getState().refresh())
  return Object.assign(store, { reset: () => store.setState(NOTHING), catchUp: () => void store.getState().refresh() })
}

/** Reads a run; `null` if the trace log has it no longer. */
async function findRun(bridge: BridgeClient, run: number, caller: string): Promise<StepRun | null> {
  try {
    return (await bridge.call('trace.get', { run, caller })).run
  } catch (error) {
    if (errorDataOf(error).code === 'RECORD_NOT_FOUND') return null
    throw error
  }
}

export const jobStepsStore: StoreKey<ReturnType<typeof createJobStepsStore>> = ({ bridge, get }) =>
  createJobStepsStore(bridge, get(peopleStore))
