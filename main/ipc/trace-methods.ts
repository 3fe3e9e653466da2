import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { guid, name, runNumber, stepRunQuery } from './shapes.ts'

const oneRun = z.tuple([z.strictObject({ run: runNumber, caller: guid })])

/** Methods for the trace log and the system jobs of asynchronous steps. */
export const traceMethods = ({ session }: MethodContext) => ({
  'trace.find': method({
    input: z.tuple([z.strictObject({ query: stepRunQuery, caller: guid })]),
    run: ({ query, caller }) => session.workbench().as(caller).findStepRuns(query),
  }),
  'trace.get': method({ input: oneRun, run: ({ run, caller }) => session.workbench().as(caller).getStepRun(run) }),
  /** Returns a run with its ancestors and all runs that they caused, in the order in which they began. */
  'trace.tree': method({ input: oneRun, run: ({ run, caller }) => session.workbench().as(caller).findRunTree(run) }),
  /** Returns the total time of each step for one job, or with `null` for the whole log. */
  'trace.times': method({
    input: z.tuple([z.strictObject({ jobId: name.nullable(), caller: guid })]),
    run: ({ jobId, caller }) =>
      session
        .workbench()
        .as(caller)
        .findStepTimes(jobId ?? undefined),
  }),
  /** Runs a step again with its logged input and rolls back everything. */
  'trace.runAgain': method({
    input: oneRun,
    run: ({ run, caller }) => session.workbench().as(caller).tryStep(run),
  }),
})
