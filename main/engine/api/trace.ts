import type { Engine } from '../contract/engine.ts'
import { describeStepJob } from '../jobs/step/describe-step-job.ts'
import { runStepJob } from '../jobs/step/run-step-job.ts'
import { newCall } from '../pipeline/call.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { tryStep } from '../pipeline/try-step.ts'
import { getStepRunDetails } from '../plugins/step-run-details.ts'
import type { Session } from '../session/session.ts'
import { countRuns, findRunTree, findStepRuns, findStepTimes, findTraceLines } from '../store/find-step-runs.ts'
import { findStepJobRows, getStepJobRow, nextStepDueMs, nextStepJob } from '../store/step-jobs.ts'
import { lastRunNumber } from '../store/step-runs.ts'

type TraceVerbs = Pick<
  Engine,
  | 'findStepRuns'
  | 'getStepRun'
  | 'findRunTree'
  | 'lastRun'
  | 'findStepTimes'
  | 'countStepRuns'
  | 'findTraceLines'
  | 'tryStep'
  | 'findStepJobs'
  | 'nextStepJob'
  | 'nextStepDueMs'
  | 'runStepJob'
>

/** Returns the methods that read the trace log, run steps again, and run asynchronous steps. */
export function traceVerbs(session: Session, pipeline: Pipeline): TraceVerbs {
  const { connection, options } = session
  return {
    findStepRuns: (query) => connection.read(() => findStepRuns(connection, session.model, query)),
    getStepRun: (number) => connection.read(() => getStepRunDetails(connection, session.model, number)),
    findRunTree: (number) => connection.read(() => findRunTree(connection, session.model, number)),
    lastRun: () => lastRunNumber(connection),
    findStepTimes: (jobId) => findStepTimes(connection, jobId),
    countStepRuns: (filter) => countRuns(connection, session.model, filter),
    findTraceLines: (after) => findTraceLines(connection, after),

    tryStep(run, caller) {
      return tryStep(pipeline.beside(), run, newCall(session, caller))
    },

    findStepJobs({ before, ...query }) {
      return connection.read(() => {
        const page = before === undefined ? query : { ...query, before: getStepJobRow(connection, before).number }
        const { rows, total } = findStepJobRows(connection, page)
        return { jobs: rows.map((row) => describeStepJob(connection, session.model, row)), total }
      })
    },

    nextStepJob() {
      const row = nextStepJob(connection, options.now())
      return row && describeStepJob(connection, session.model, row)
    },
    nextStepDueMs: () => nextStepDueMs(connection),

    runStepJob: (id) => runStepJob(pipeline, id),
  }
}
