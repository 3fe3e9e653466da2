import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { cascadeRequest, guid, jobQuery, modeChoice, name, planRowQuery } from './shapes.ts'

const oneJob = z.tuple([z.strictObject({ jobId: name, caller: guid })])

export const cascadeMethods = ({ session }: MethodContext) => ({
  'cascade.preview': method({
    input: z.tuple([z.strictObject({ request: cascadeRequest, caller: guid, mode: modeChoice })]),
    run: ({ request, caller, mode }) => session.workbench().as(caller).preview(request, mode),
  }),
  'cascade.planRows': method({
    input: z.tuple([z.strictObject({ query: planRowQuery, caller: guid })]),
    run: ({ query, caller }) => session.workbench().as(caller).findPlanRows(query),
  }),
  'cascade.discard': method({
    input: z.tuple([z.strictObject({ planId: name, caller: guid })]),
    run: ({ planId, caller }) => session.workbench().as(caller).discardPlan(planId),
  }),
  'cascade.execute': method({
    input: z.tuple([z.strictObject({ request: cascadeRequest, caller: guid, mode: modeChoice, planId: name.nullable() })]),
    run: ({ request, caller, mode, planId }) =>
      session
        .workbench()
        .as(caller)
        .execute(request, planId === null ? { mode } : { mode, planId }),
  }),
  /** Returns a page of system jobs, newest first. */
  'jobs.find': method({
    input: z.tuple([z.strictObject({ query: jobQuery, caller: guid })]),
    run: ({ query, caller }) => session.workbench().as(caller).findJobs(query),
  }),
  'jobs.get': method({ input: oneJob, run: ({ jobId, caller }) => session.workbench().as(caller).getJob(jobId) }),
  /** Pauses a job that waits, or a cascade between two batches. */
  'jobs.pause': method({ input: oneJob, run: ({ jobId, caller }) => session.workbench().as(caller).pauseJob(jobId) }),
  /** Resumes a paused job where it stopped. */
  'jobs.resume': method({ input: oneJob, run: ({ jobId, caller }) => session.workbench().as(caller).resumeJob(jobId) }),
  /** Plans a paused job again from the current data. */
  'jobs.reexecute': method({ input: oneJob, run: ({ jobId, caller }) => session.workbench().as(caller).reexecuteJob(jobId) }),
  /** Lets the jobs of a file from somebody else continue. Returns what the environment says of itself then. */
  'jobs.continue': method({
    input: z.tuple([]),
    async run() {
      const workbench = session.workbench()
      await workbench.continueJobs()
      return workbench.info()
    },
  }),
  /** Cancels a paused job; its changes stay. */
  'jobs.cancel': method({ input: oneJob, run: ({ jobId, caller }) => session.workbench().as(caller).cancelJob(jobId) }),
})
