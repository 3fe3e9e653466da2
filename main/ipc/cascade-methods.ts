import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { cascadeRequest, jobQuery, modeChoice, name, planRowQuery } from './shapes.ts'

const jobMove = z.tuple([z.strictObject({ jobId: name, caller: name })])

export const cascadeMethods = ({ session }: MethodContext) => ({
  'cascade.preview': method({
    input: z.tuple([z.strictObject({ request: cascadeRequest, caller: name, mode: modeChoice })]),
    run: ({ request, caller, mode }) => session.workbench().preview(request, caller, mode),
  }),
  'cascade.planRows': method({ input: z.tuple([planRowQuery]), run: (query) => session.workbench().findPlanRows(query) }),
  'cascade.discard': method({ input: z.tuple([name]), run: (planId) => session.workbench().discardPlan(planId) }),
  'cascade.execute': method({
    input: z.tuple([z.strictObject({ request: cascadeRequest, caller: name, mode: modeChoice, planId: name.nullable() })]),
    run: ({ request, caller, mode, planId }) => session.workbench().execute(request, caller, planId === null ? { mode } : { mode, planId }),
  }),
  /** Returns a page of system jobs, newest first. */
  'jobs.find': method({
    input: z.tuple([jobQuery]),
    run: (query) => session.workbench().findJobs(query),
  }),
  'jobs.get': method({ input: z.tuple([name]), run: (jobId) => session.workbench().getJob(jobId) }),
  /** Resumes a paused job where it stopped. */
  'jobs.resume': method({ input: jobMove, run: ({ jobId, caller }) => session.workbench().resumeJob(jobId, caller) }),
  /** Plans a paused job again from the current data. */
  'jobs.reexecute': method({ input: jobMove, run: ({ jobId, caller }) => session.workbench().reexecuteJob(jobId, caller) }),
  /** Cancels a paused job; its changes stay. */
  'jobs.cancel': method({ input: jobMove, run: ({ jobId, caller }) => session.workbench().cancelJob(jobId, caller) }),
})
