import { refuse } from '#engine/api/cascades'
import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from '#engine/contract/cascades'
import type { ExecuteOptions, ValidatedRequest } from '#engine/contract/engine'
import type { Core } from '../core.ts'
import type { CascadeWatcher } from '../observer.ts'

interface ExecuteInput {
  mode?: ModeChoice
  planId?: string
  watcher?: CascadeWatcher
}

export interface CascadeArea {
  preview(request: CascadeRequest, caller: string, mode?: ModeChoice): Promise<Preview>
  findPlanRows(query: PlanRowQuery): Promise<PlanRowPage>
  discardPlan(planId: string): Promise<void>
  /**
   * Plans a cascade, unless `planId` names a kept plan, and runs it: a synchronous one to its end, an asynchronous one until its
   * job exists. A watcher can follow it if all work is done on this thread. @throws the platform's error if refused
   */
  execute(request: CascadeRequest, caller: string, options?: ExecuteInput): Promise<OperationOutcome>
  /** Executes a cascade with the rest of its request: other columns, and whether it was requested as an Update. */
  executeWithOptions(
    request: CascadeRequest,
    caller: string,
    options: ExecuteInput & { executeOptions: ExecuteOptions },
  ): Promise<OperationOutcome>
}

/** Returns the methods that preview and execute cascades. */
export function cascadeArea(core: Core): CascadeArea {
  const { engine, threads, jobs, watchers } = core
  const { interactive } = threads
  return {
    preview: (request, caller, mode = 'Auto') => interactive.call('planCascade', request, caller, mode),
    findPlanRows: (query) => interactive.call('findPlanRows', query),
    discardPlan: (planId) => interactive.call('discardPlan', planId),
    execute: (request, caller, options = {}) => execute(request, caller, { ...options, executeOptions: {} }),
    executeWithOptions: execute,
  }

  async function execute(
    request: CascadeRequest,
    caller: string,
    { mode = 'Auto', planId, watcher, executeOptions }: ExecuteInput & { executeOptions: ExecuteOptions },
  ): Promise<OperationOutcome> {
    if (watcher && !core.isInline) throw new Error('Only work on this thread can be watched')
    const { request: validated, options, hasRun } = await preValidate(request, caller, executeOptions)
    if (planId && hasRun) await interactive.call('discardPlan', planId)
    const plan =
      planId && !hasRun ? await interactive.call('describePlan', planId) : await interactive.call('planCascade', validated, caller, mode)
    if (plan.mode === 'Async' && !plan.nothingToDo) return startJob(plan, caller, options, watcher)
    if (watcher) await watchSynchronous(plan, watcher)
    const outcome = await core
      .patiently(() => interactive.call('executeSync', plan.planId, caller, options))
      .finally(() => interactive.call('discardPlan', plan.planId))
    core.changed([{ kind: 'records', tables: Object.keys(plan.byTable) }])
    return outcome
  }

  async function startJob(
    plan: Preview,
    caller: string,
    options: ExecuteOptions,
    watcher: CascadeWatcher | undefined,
  ): Promise<OperationOutcome> {
    const job = await core.patiently(() => interactive.call('startJob', plan.planId, caller, options))
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
    await core.patiently(async () => engine.holdPlan(plan.planId))
    await watcher.at({ kind: 'insideBatch', batch: 1 }, null)
    core.checkAlive()
  }

  /** Runs PreValidation before the plan is made, because steps may change the request. */
  async function preValidate(request: CascadeRequest, caller: string, executeOptions: ExecuteOptions): Promise<ValidatedRequest> {
    if (!engine.usesPlugins()) return { request, options: executeOptions, hasRun: false }
    try {
      return await interactive.call('preValidate', request, caller, executeOptions)
    } finally {
      core.announceSteps()
    }
  }
}
