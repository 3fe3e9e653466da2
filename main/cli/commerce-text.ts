import { inEnglish } from '#text/english'
import { failureText, type OperationAnswer } from '../commerce/api/operations.ts'
import type { BatchRun, RealTimeCall } from '../commerce/store/logs.ts'
import type { Workbench } from '../workbench/workbench.ts'
import { facts } from './output.ts'

/** A call as `--json` prints it: with its reason in English. */
export const callFacts = ({ reason, atMs, ...call }: RealTimeCall) => ({
  ...call,
  at: new Date(atMs).toISOString(),
  reason: inEnglish(reason),
})

/** Describes what came of an operation. */
export function answerText(answer: OperationAnswer, calls: ReturnType<typeof callFacts>[], runs: BatchRun[]): string {
  const text = facts([
    ['path', answer.path],
    ['account', answer.account],
    ['rows staged', answer.staged.length === 0 ? null : answer.staged.length],
    ['system jobs', answer.jobs.length === 0 ? null : answer.jobs.length],
    ...calls.map(({ reason, isAnswered }): [string, string] => [isAnswered ? 'call' : 'call without answer', reason]),
    ...runs.map(({ name, processed, synchronized, failed, pending }): [string, string] => [
      name,
      `${processed} processed: ${synchronized} synchronized, ${failed} failed; ${pending} pending`,
    ]),
    ['failed', failureText(answer)],
  ])
  return text === '' ? 'Done.' : text
}

/** Returns whether a system job of an operation did not come to its end, as that of a suspended session. */
export const unendedJobs = (workbench: Workbench, jobs: readonly string[]): boolean => {
  const user = workbench.as(workbench.info().administratorId)
  return jobs.some((job) => user.getJob(job).job.status !== 'Completed')
}
