import type { StepRun, StepRunPage, StepRunQuery } from '#engine/contract/trace'

/** A trace log in memory, paged as the engine does it. `runs` is newest first and may grow. */
export function fakeTraceLog(first: StepRun[]) {
  let runs = first
  const matches = (query: StepRunQuery) => (run: StepRun) =>
    (query.plugin === undefined || run.plugin === query.plugin) &&
    (query.record === undefined || run.record?.id === query.record.id) &&
    (query.jobId === undefined || run.job?.id === query.jobId) &&
    (query.correlationId === undefined || run.correlationId === query.correlationId) &&
    (!query.onlyErrors || run.outcome !== 'done') &&
    (query.before === undefined || run.number < query.before) &&
    (query.after === undefined || run.number > query.after)
  return {
    find({ query }: { query: StepRunQuery }): StepRunPage {
      const found = runs.filter(matches(query))
      return { runs: found.slice(0, query.limit), hasMore: found.length > query.limit }
    },
    /** Newest first. */
    add: (more: StepRun[]) => {
      runs = [...more, ...runs]
    },
  }
}
