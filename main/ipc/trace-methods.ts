import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { name, runNumber, stepRunQuery } from './shapes.ts'

/** Methods for the trace log and the system jobs of asynchronous steps. */
export const traceMethods = ({ session }: MethodContext) => ({
  'trace.find': method({ input: z.tuple([stepRunQuery]), run: (query) => session.workbench().findStepRuns(query) }),
  'trace.get': method({ input: z.tuple([runNumber]), run: (run) => session.workbench().getStepRun(run) }),
  /** Returns a run with its ancestors and all runs that they caused, in the order in which they began. */
  'trace.tree': method({ input: z.tuple([runNumber]), run: (run) => session.workbench().findRunTree(run) }),
  /** Returns the total time of each step for one job, or with `null` for the whole log. */
  'trace.times': method({ input: z.tuple([name.nullable()]), run: (jobId) => session.workbench().findStepTimes(jobId ?? undefined) }),
  /** Runs a step again with its logged input and rolls back everything. */
  'trace.runAgain': method({
    input: z.tuple([z.strictObject({ run: runNumber, caller: name })]),
    run: ({ run, caller }) => session.workbench().tryStep(run, caller),
  }),
})
