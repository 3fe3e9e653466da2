import type { RequestMaker } from './cascade-requests.ts'
import { nothingDone, type OperationResult, type StepContext } from './operation.ts'

/** Plans and runs a cascade, in the mode that the step asks for. */
export async function runCascade(request: RequestMaker, { user, aliases, mode, watcher }: StepContext): Promise<OperationResult> {
  const done = await user.execute(request(aliases), { mode, ...(watcher ? { watcher } : {}) })
  return { ...nothingDone, mode: done.mode, affected: done.affected, jobId: done.jobId, starts: true }
}
