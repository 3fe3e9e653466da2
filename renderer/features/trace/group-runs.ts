import type { StepRun } from '#engine/contract/trace'

/** The runs on a record for one request of a user or of a job. */
export interface RequestGroup {
  correlationId: string
  startedOnMs: number
  job: StepRun['job']
  /** In the order in which they began. */
  runs: StepRun[]
}

/** Groups runs, which are given newest first, by request. Returns the newest request first. */
export const groupByRequest = (runs: readonly StepRun[]): RequestGroup[] =>
  [...Map.groupBy(runs, ({ correlationId }) => correlationId)].map(([correlationId, newestFirst]) => {
    const inOrder = newestFirst.toReversed()
    return { correlationId, startedOnMs: inOrder[0]?.startedOnMs ?? 0, job: inOrder[0]?.job ?? null, runs: inOrder }
  })
