import type { MessageName, StageName } from '../contract/messages.ts'
import type { StepRunQuery } from '../contract/trace.ts'
import { newCall } from '../pipeline/call.ts'
import { tryStep } from '../pipeline/try-step.ts'
import { getStepRunDetails } from '../plugins/step-run-details.ts'
import { countRuns, findRunTree, findStepRuns, findStepTimes, findTraceTexts } from '../store/find-step-runs.ts'
import { userMethod } from './method.ts'

/** The methods that read the trace log and run steps again. */
export const traceMethods = {
  findStepRuns: userMethod({
    where: 'query',
    run: ({ session }, query: StepRunQuery) => session.connection.read(() => findStepRuns(session.connection, session.model, query)),
  }),
  getStepRun: userMethod({
    where: 'query',
    run: ({ session }, number: number) => session.connection.read(() => getStepRunDetails(session.connection, session.model, number)),
  }),
  /** Returns a run with its ancestors and all runs that they caused, in the order in which they began. */
  findRunTree: userMethod({
    where: 'query',
    run: ({ session }, number: number) => session.connection.read(() => findRunTree(session.connection, session.model, number)),
  }),
  /** Returns the total time of each step, the longest first, for one job or the whole log. */
  findStepTimes: userMethod({ where: 'query', run: ({ session }, jobId?: string) => findStepTimes(session.connection, jobId) }),
  /** Counts the runs that were committed, with a greater number than `after`. */
  countStepRuns: userMethod({
    where: 'main',
    run: ({ session }, filter: { after: number; message: MessageName; table?: string; stage?: StageName; plugin?: string }) =>
      countRuns(session.connection, session.model, filter),
  }),
  /** Returns the trace lines of all runs with a greater number than this, including rolled back ones. */
  findTraceTexts: userMethod({ where: 'main', run: ({ session }, after: number) => findTraceTexts(session.connection, after) }),
  /** Runs a step again with its logged input, in a transaction that is rolled back. */
  tryStep: userMethod({
    where: 'interactive',
    loadsModules: true,
    run: ({ session, pipeline, caller }, run: number) => tryStep(pipeline.beside(), run, newCall(session, caller)),
  }),
}
