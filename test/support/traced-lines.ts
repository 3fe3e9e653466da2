import type { EngineUser } from '#engine'

/** Returns the lines that the runs after one have traced, in their order. */
export const tracedLines = (user: Pick<EngineUser, 'findStepRuns'>, after = 0): string[] =>
  user
    .findStepRuns({ after, limit: 1_000 })
    .runs.toReversed()
    .flatMap(({ trace }) => (trace === '' ? [] : trace.split('\n')))
