import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { name, runNumber, stepRunQuery } from './shapes.ts'

/** Methods for the trace log and the system jobs of asynchronous steps. */
export const traceMethods = ({ session }: MethodContext): Area<'trace'> => ({
  'trace.find': { input: z.tuple([stepRunQuery]), run: (query) => session.workbench().findStepRuns(query) },
  'trace.get': { input: z.tuple([runNumber]), run: (run) => session.workbench().getStepRun(run) },
  'trace.tree': { input: z.tuple([runNumber]), run: (run) => session.workbench().findRunTree(run) },
  'trace.times': { input: z.tuple([name.nullable()]), run: (jobId) => session.workbench().findStepTimes(jobId ?? undefined) },
  'trace.runAgain': {
    input: z.tuple([z.strictObject({ run: runNumber, caller: name })]),
    run: ({ run, caller }) => session.workbench().tryStep(run, caller),
  },
})
