import type { Engine } from './engine.ts'
import { describeStepJob } from './jobs/describe-step-job.ts'
import { runStepJob } from './jobs/run-step-job.ts'
import { newCall } from './pipeline/call.ts'
import type { Pipeline } from './pipeline/pipeline.ts'
import { tryStep } from './pipeline/try-step.ts'
import type { Session } from './session.ts'
import { nextStepDueMs, nextStepJob } from './store/step-jobs.ts'

type StepVerbs = Pick<Engine, 'usesPlugins' | 'findSteps' | 'tryStep' | 'nextStepJob' | 'nextStepDueMs' | 'runStepJob'>

/** Steps in their order, those that run after the commit, and single ones that are run again. */
export function stepVerbs(session: Session, pipeline: Pipeline): StepVerbs {
  const { connection, options } = session
  return {
    usesPlugins: () => !session.registry.isEmpty,
    findSteps: (filter = {}) => session.registry.inOrder(filter),

    tryStep(run, caller) {
      return tryStep(pipeline.beside(), run, newCall(session, caller))
    },

    nextStepJob() {
      const row = nextStepJob(connection, options.now())
      return row && describeStepJob(connection, session.model, row)
    },
    nextStepDueMs: () => nextStepDueMs(connection),

    runStepJob: (id) => runStepJob(pipeline, id),
  }
}
