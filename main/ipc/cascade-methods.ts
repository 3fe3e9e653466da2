import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { cascadeRequest, jobQuery, modeChoice, name, planRowQuery } from './shapes.ts'

const jobMove = z.tuple([z.strictObject({ jobId: name, caller: name })])

export const cascadeMethods = ({ session }: MethodContext): Area<'cascade' | 'jobs'> => ({
  'cascade.preview': {
    input: z.tuple([z.strictObject({ request: cascadeRequest, caller: name, mode: modeChoice })]),
    run: ({ request, caller, mode }) => session.workbench().preview(request, caller, mode),
  },
  'cascade.planRows': { input: z.tuple([planRowQuery]), run: (query) => session.workbench().findPlanRows(query) },
  'cascade.discard': { input: z.tuple([name]), run: (planId) => session.workbench().discardPlan(planId) },
  'cascade.execute': {
    input: z.tuple([z.strictObject({ request: cascadeRequest, caller: name, mode: modeChoice, planId: name.nullable() })]),
    run: ({ request, caller, mode, planId }) => session.workbench().execute(request, caller, planId === null ? { mode } : { mode, planId }),
  },
  'jobs.find': {
    input: z.tuple([jobQuery]),
    run: (query) => session.workbench().findJobs(query),
  },
  'jobs.get': { input: z.tuple([name]), run: (jobId) => session.workbench().getJob(jobId) },
  'jobs.resume': { input: jobMove, run: ({ jobId, caller }) => session.workbench().resumeJob(jobId, caller) },
  'jobs.reexecute': { input: jobMove, run: ({ jobId, caller }) => session.workbench().reexecuteJob(jobId, caller) },
  'jobs.cancel': { input: jobMove, run: ({ jobId, caller }) => session.workbench().cancelJob(jobId, caller) },
})
