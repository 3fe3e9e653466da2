import type { CascadeRequest } from '#engine/contract/cascades'
import { callerOf } from './caller.ts'
import type { CascadeOptions } from './cascade-options.ts'
import type { CommandContext } from './command.ts'
import type { ExitCode } from './exit-codes.ts'
import { exitCodeOfJob, jobFacts, jobText } from './job-text.ts'
import { grouped } from './output.ts'
import type { Acting } from './record-argument.ts'
import { withWorkbench } from './with-workbench.ts'

/** Runs a cascade to its end, its job included, and prints the result. */
export function runCascade(
  { output }: CommandContext,
  environment: string,
  options: CascadeOptions,
  requestOf: (acting: Acting) => Promise<CascadeRequest>,
): Promise<ExitCode | undefined> {
  return withWorkbench(environment, async (workbench) => {
    const user = callerOf(workbench, options)
    const request = await requestOf({ workbench, user })
    const outcome = await user.execute(request, { mode: options.mode })
    if (outcome.jobId === null) {
      await workbench.stepJobsEnded()
      output.result(outcome, () => `${request.operation} completed: ${grouped(outcome.affected)} records, in one transaction.`)
      return
    }
    await workbench.jobEnded(outcome.jobId)
    // Asynchronous steps run only while the environment is open.
    await workbench.stepJobsEnded()
    const ended = user.getJob(outcome.jobId)
    output.result({ ...outcome, outcome: ended.job.status, ...jobFacts(ended) }, () => jobText(ended))
    return exitCodeOfJob(ended)
  })
}
