import type { CascadeRequest } from '#engine/contract/cascades'
import type { Workbench } from '../workbench/index.ts'
import { callerOf } from './caller.ts'
import type { CascadeOptions } from './cascade-options.ts'
import type { CommandContext } from './command.ts'
import type { ExitCode } from './exit-codes.ts'
import { exitCodeOfJob, jobFacts, jobText } from './job-text.ts'
import { grouped } from './output.ts'
import { withWorkbench } from './with-workbench.ts'

/** Runs a cascade to its end, its job included, and prints the result. */
export function runCascade(
  { output }: CommandContext,
  environment: string,
  options: CascadeOptions,
  requestOf: (workbench: Workbench) => Promise<CascadeRequest>,
): Promise<ExitCode | undefined> {
  return withWorkbench(environment, async (workbench) => {
    const request = await requestOf(workbench)
    const outcome = await workbench.execute(request, callerOf(workbench, options), { mode: options.mode })
    if (outcome.jobId === null) {
      await workbench.stepJobsEnded()
      output.result(outcome, () => `${request.operation} completed: ${grouped(outcome.affected)} records, in one transaction.`)
      return
    }
    const ended = await workbench.jobEnded(outcome.jobId)
    // Asynchronous steps run only while the environment is open.
    await workbench.stepJobsEnded()
    output.result({ ...outcome, outcome: ended.job.status, ...jobFacts(ended) }, () => jobText(ended))
    return exitCodeOfJob(ended)
  })
}
