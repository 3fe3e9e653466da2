import { refuse } from '#engine/api/cascades'
import type { CascadeMode, CascadeRequest, ModeChoice, OperationOutcome, Preview } from '#engine/contract/cascades'
import type { ExecuteOptions, ValidatedRequest } from '#engine/contract/engine'
import { isRecordFailure, plannedAs } from '#engine/contract/errors'
import type { Core } from '../core.ts'
import type { CascadeWatcher } from '../observer.ts'

interface ExecuteInput {
  mode?: ModeChoice
  planId?: string
  watcher?: CascadeWatcher
}

export interface CascadeArea {
  preview(request: CascadeRequest, mode?: ModeChoice): Promise<Preview>
  /**
   * Plans a cascade, unless `planId` names a kept plan, and runs it: a synchronous one to its end, an asynchronous one until its
   * job exists. A watcher can follow it if all work is done on this thread. @throws the platform's error if refused
   */
  execute(request: CascadeRequest, options?: ExecuteInput): Promise<OperationOutcome>
  /** Executes a cascade with the rest of its request: other columns, and whether it was requested as an Update. */
  executeWithOptions(request: CascadeRequest, options: ExecuteInput & { executeOptions: ExecuteOptions }): Promise<OperationOutcome>
}

/** Returns the methods with which a user previews and executes cascades. */
export function cascadeArea(core: Core, userId: string): CascadeArea {
  const { engine, threads, jobs, watchers } = core
  const { interactive } = threads
  return {
    preview: (request, mode = 'Auto') => interactive.callAs(userId, 'planCascade', request, mode),
    execute: (request, options = {}) => execute(request, { ...options, executeOptions: {} }),
    executeWithOptions: execute,
  }

  async function execute(
    request: CascadeRequest,
    { mode = 'Auto', planId, watcher, executeOptions }: ExecuteInput & { executeOptions: ExecuteOptions },
  ): Promise<OperationOutcome> {
    if (watcher && !core.isInline) throw new Error('Only work on this thread can be watched')
    const { request: validated, options, hasRun } = await preValidate(request, executeOptions, mode)
    if (planId && hasRun) await interactive.callAs(userId, 'discardPlan', planId)
    const plan =
      planId && !hasRun
        ? await interactive.callAs(userId, 'describePlan', planId)
        : await interactive.callAs(userId, 'planCascade', validated, mode)
    try {
      if (plan.mode === 'Async' && !plan.nothingToDo) return await startJob(plan, options, watcher)
      return await executeAtOnce(plan, options, watcher)
    } catch (error) {
      throw plannedAs(error, plan.mode)
    }
  }

  async function executeAtOnce(plan: Preview, options: ExecuteOptions, watcher: CascadeWatcher | undefined): Promise<OperationOutcome> {
    if (watcher) await watchSynchronous(plan, watcher)
    const outcome = await core
      .patiently(() => interactive.callAs(userId, 'executeSync', plan.planId, options))
      .finally(() => interactive.callAs(userId, 'discardPlan', plan.planId))
    core.changed([{ kind: 'records', tables: Object.keys(plan.byTable) }])
    return outcome
  }

  async function startJob(plan: Preview, options: ExecuteOptions, watcher: CascadeWatcher | undefined): Promise<OperationOutcome> {
    const job = await core.patiently(() => interactive.callAs(userId, 'startJob', plan.planId, options))
    core.announceJob(job)
    if (watcher) {
      watchers.set(job.id, watcher)
      await jobs.leaveAlone(job.id, () => watcher.at({ kind: 'afterPlan' }, job.id))
    }
    jobs.wake()
    return { outcome: 'Running', mode: 'Async', affected: plan.affected, jobId: job.id, record: null }
  }

  async function watchSynchronous(plan: Preview, watcher: CascadeWatcher): Promise<void> {
    refuse(plan)
    await watcher.at({ kind: 'afterPlan' }, null)
    core.checkAlive()
    await core.patiently(async () => engine.as(userId).holdPlan(plan.planId))
    await watcher.at({ kind: 'insideBatch', batch: 1 }, null)
    core.checkAlive()
  }

  /** Runs PreValidation before the plan is made, because steps may change the request. */
  async function preValidate(request: CascadeRequest, executeOptions: ExecuteOptions, choice: ModeChoice): Promise<ValidatedRequest> {
    if (!engine.usesPlugins()) return { request, options: executeOptions, hasRun: false }
    try {
      return await interactive.callAs(userId, 'preValidate', request, executeOptions)
    } catch (error) {
      const mode = isRecordFailure(error) ? await modeOf(request, choice) : null
      throw mode === null ? error : plannedAs(error, mode)
    } finally {
      core.announceSteps()
    }
  }

  /** Returns as what a request would be planned that was refused before its plan; `null` where it cannot be planned. */
  async function modeOf(request: CascadeRequest, choice: ModeChoice): Promise<CascadeMode | null> {
    try {
      const { planId, mode } = await interactive.callAs(userId, 'planCascade', request, choice)
      await interactive.callAs(userId, 'discardPlan', planId)
      return mode
    } catch (error) {
      if (isRecordFailure(error)) return null
      throw error
    }
  }
}
