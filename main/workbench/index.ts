import { existsSync } from 'node:fs'
import type { Worker } from 'node:worker_threads'
import { openEngine } from '#engine'
import { refuse } from '#engine/api/cascades'
import type { CascadeRequest, ModeChoice, OperationOutcome } from '#engine/contract/cascades'
import type { Engine, ExecuteOptions, ValidatedRequest } from '#engine/contract/engine'
import { EngineError, toErrorData } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { RecordRef } from '#engine/contract/records'
import { lockEnvironment } from '#engine/store/instance-lock'
import { JobLoop, type Wait } from './job-loop.ts'
import type { CascadeWatcher } from './observer.ts'
import { type InlinePlugins, openThreads } from './threads.ts'
import type { Workbench, WorkbenchEvent } from './workbench.ts'

export type { Workbench, WorkbenchEvent } from './workbench.ts'

/** What the main thread must not do itself. */
const ELSEWHERE = Symbol('elsewhere')

interface ExecuteInput {
  mode?: ModeChoice
  planId?: string
  watcher?: CascadeWatcher
  /** What belongs to the same request: other columns, an Update that is an assign. */
  together?: ExecuteOptions
}

/** The longest slow motion: a minute for each batch. */
const MOST_DELAY_MS = 60_000

/** How often a held record is asked for again. */
const HELD_AGAIN_MS = 250

export interface WorkbenchOptions {
  path: string
  mode: 'create' | 'open'
  now: () => number
  newId: () => string
  /** Lets time pass; a virtual clock's returns at once. */
  wait: Wait
  /** Starts a batch worker's thread; `inline` does all work on this one. */
  worker: 'inline' | (() => Worker)
  /** What runs plug-ins where all work is done on this thread; batch workers have their own. */
  plugins?: InlinePlugins
  /** See EngineOptions. */
  agreementKey?: string
  /** Files and folders that no plug-in gets at, besides the environment. */
  secret?: string[]
  /** Who looks on at which job, by its id; a crash of the environment leaves them to the next opening. */
  watchers?: Map<string, CascadeWatcher>
}

/**
 * Opens an environment for work. A job that was under way when it was closed goes on by itself.
 * @throws ENVIRONMENT_UNUSABLE saying what is wrong with the file.
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { path, mode, now, newId, wait, worker, plugins, agreementKey, secret = [], watchers = new Map() } = options
  const unlock = mode === 'open' ? lockExisting(path) : lockEnvironment(path)
  const forPlugins = { ...(plugins ? { plugins: plugins.runtime } : {}), ...(agreementKey === undefined ? {} : { agreementKey }) }
  const engine = openLocked(() => openEngine({ path, mode, now, newId, leavesLog: worker !== 'inline', ...forPlugins }), unlock)
  const listeners = new Set<(event: WorkbenchEvent) => void>()
  const announce = (event: WorkbenchEvent) => {
    for (const listener of listeners) listener(event)
  }
  const threads = openThreads({
    engine,
    path,
    worker,
    plugins,
    agreementKey,
    secret,
    now,
    newId,
    onProgress: (progress) => announce({ kind: 'progress', progress }),
  })
  const { desk, reader, belt } = threads
  const jobs = new JobLoop({
    engine,
    belt,
    now,
    wait,
    ...(worker === 'inline' ? { turnMs: 0, watcherOf: (jobId: string) => watchers.get(jobId) } : {}),
    ready: async () => void (engine.usesPlugins() && (await plugins?.ready())),
    onJob: (job) => announceJob(job),
    onStepJob: () => announceSteps(true),
    onTrouble: (error) => announce({ kind: 'trouble', error: toErrorData(error) }),
  })
  const announceJob = (job: Job) => {
    announce({ kind: 'job', job })
    announce({ kind: 'records', tables: tablesOf() })
    announceSteps()
  }
  /** What steps did since, and the asynchronous ones that came of it. */
  let lastRun = engine.lastRun()
  const announceSteps = (hasJobEnded = false) => {
    const newest = engine.usesPlugins() ? engine.lastRun() : lastRun
    if (newest !== lastRun) announce({ kind: 'trace', lastRun: newest })
    lastRun = newest
    const isDue = engine.nextStepJob() !== undefined
    if (isDue || hasJobEnded) announce({ kind: 'stepJobs' })
    if (isDue) jobs.wake()
  }
  const tablesOf = () => engine.model().tables.map(({ logicalName }) => logicalName)
  let lost: EngineError | undefined
  const checkAlive = () => {
    if (lost) throw lost
  }
  const lockTimeoutMs = () => engine.settings().lockTimeoutSeconds * 1_000
  /** Waits for a record that somebody holds, as long as the settings say. */
  const patiently = async <T>(act: () => Promise<T>): Promise<T> => {
    const untilMs = now() + lockTimeoutMs()
    for (;;) {
      try {
        return await act()
      } catch (error) {
        const leftMs = untilMs - now()
        if (!(error instanceof EngineError) || error.code !== 'RECORD_HELD' || leftMs <= 0) throw error
        await wait(Math.min(HELD_AGAIN_MS, leftMs))
        checkAlive()
      }
    }
  }
  const write = <T>(change: () => T) => patiently(() => threads.writeHere(lockTimeoutMs(), change))
  const moved = async (change: () => Job): Promise<Job> => {
    const job = await write(change)
    announceJob(job)
    jobs.wake()
    return job
  }
  /** Whoever looked on before the job was moved by hand does so no more. */
  const watched = (job: Job, watcher: CascadeWatcher | undefined): Job => {
    if (watcher) watchers.set(job.id, watcher)
    else watchers.delete(job.id)
    return job
  }
  /** The moments of a change of one record, which is held meanwhile where it exists already. */
  const watchOne = async (watcher: CascadeWatcher | undefined, record?: RecordRef): Promise<void> => {
    if (!watcher) return
    if (record) engine.getRecord(record)
    await watcher.at({ kind: 'afterPlan' }, null)
    checkAlive()
    const letGo = record && (await patiently(async () => engine.holdRecord(record)))
    await watcher.at({ kind: 'insideBatch', batch: 1 }, null)
    checkAlive()
    letGo?.()
  }
  const changed = <T>(result: T, tables: string[]): T => {
    announce({ kind: 'records', tables })
    announceSteps()
    return result
  }
  /** A write that steps may take part in is done where they may take their time: never on the main thread. */
  const withSteps = async <T>(here: () => T, there: () => Promise<T>): Promise<T> => {
    try {
      if (engine.usesPlugins()) return await patiently(there)
      const done = await write(() => (engine.usesPlugins() ? ELSEWHERE : { value: here() }))
      return done === ELSEWHERE ? await patiently(there) : done.value
    } finally {
      announceSteps()
    }
  }
  const changedPlugins = <T>(result: T): T => {
    announce({ kind: 'plugins' })
    jobs.wake()
    return result
  }
  const synchronous = (affected: number, record: OperationOutcome['record'] = null): OperationOutcome => ({
    outcome: 'Completed',
    mode: 'Sync',
    affected,
    jobId: null,
    record,
  })

  try {
    if (engine.usesPlugins()) await plugins?.ready()
    if (engine.recoverJobs().length > 0 || engine.nextJob() || engine.nextStepJob()) jobs.wake()
  } catch (error) {
    // Threads that nobody closes would keep the program alive.
    await threads.close()
    engine.close()
    unlock()
    throw error
  }

  const workbench: Workbench = {
    engine,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async createRecord(table, values, caller, watcher) {
      await watchOne(watcher)
      const record = await withSteps(
        () => engine.createRecord(table, values, caller),
        () => desk.call('createRecord', table, values, caller),
      )
      return changed(synchronous(1, record), [table])
    },

    async updateRecord(record, values, caller, modeChoice = 'Auto', watcher) {
      const { ownerid, ...rest } = values
      if (ownerid === undefined) {
        await watchOne(watcher, record)
        await withSteps(
          () => engine.updateRecord(record, rest, caller),
          () => desk.call('updateRecord', record, rest, caller),
        )
        return changed(synchronous(1), [record.table])
      }
      if (typeof ownerid !== 'string' && (typeof ownerid !== 'object' || ownerid === null || Array.isArray(ownerid)))
        throw new EngineError('INPUT_INVALID', 'An owner is a user or a team, by name or by id.', {
          platform: 'InvalidOwnerID',
          details: { ownerid },
        })
      const together = { ...(Object.keys(rest).length > 0 ? { together: rest } : {}), asUpdate: true }
      return execute({ operation: 'Assign', record, to: ownerid }, caller, { mode: modeChoice, together, ...(watcher ? { watcher } : {}) })
    },

    async changeRelationship(schemaName, cascade) {
      const relationship = await write(() => engine.changeRelationship(schemaName, cascade))
      announce({ kind: 'model' })
      return relationship
    },
    async changeSettings(change) {
      const settings = await write(() => engine.changeSettings(change))
      announce({ kind: 'settings', settings })
      return settings
    },

    findRecords: (query) => reader.call('findRecords', query),
    countRecords: (table) => reader.call('countRecords', table),
    preview: (request, caller, modeChoice = 'Auto') => desk.call('planCascade', request, caller, modeChoice),
    findPlanRows: (query) => desk.call('findPlanRows', query),
    discardPlan: (planId) => desk.call('discardPlan', planId),
    checkIntegrity: () => desk.call('checkIntegrity'),

    execute,
    resumeJob: (jobId, caller, watcher) => moved(() => watched(engine.resumeJob(jobId, caller), watcher)),
    reexecuteJob: (jobId, caller, watcher) => moved(() => watched(engine.reexecuteJob(jobId, caller), watcher)),
    cancelJob: (jobId, caller) => moved(() => engine.cancelJob(jobId, caller)),
    faults: () => jobs.faults,
    setFaults(faults) {
      if (!(faults.batchDelayMs >= 0 && faults.batchDelayMs <= MOST_DELAY_MS))
        throw new EngineError('INPUT_INVALID', `A delay for each batch is from 0 to ${MOST_DELAY_MS} milliseconds.`, {
          details: { ...faults },
        })
      if (faults.failBatch !== null && !(Number.isInteger(faults.failBatch) && faults.failBatch >= 1))
        throw new EngineError('INPUT_INVALID', 'Batches are numbered from 1.', { details: { ...faults } })
      jobs.faults = faults
      return faults
    },
    async killWorker() {
      const job = engine.nextJob()
      const isUnderWay = job?.status === 'In Progress'
      // The thread may be writing, and a step in it never end: whoever waits for the turn gets it with the thread's death.
      const noted = isUnderWay ? write(() => engine.addJobMessage(job.id, 'Fault: the worker thread was killed on purpose.')) : undefined
      await Promise.all([noted, threads.killBelt()])
    },
    async changeUser(name, change) {
      await write(() => engine.changeUser(name, change))
      changed(undefined, ['systemuser'])
    },
    checkPlugin: (pluginPackage) => desk.call('checkPlugin', pluginPackage),
    installPlugin: async (pluginPackage, install) => changedPlugins(await desk.call('installPlugin', pluginPackage, install)),
    enablePlugin: async (name, agreedTo) => changedPlugins(await write(() => engine.enablePlugin(name, agreedTo))),
    disablePlugin: async (name) => changedPlugins(await write(() => engine.disablePlugin(name))),
    removePlugin: async (name) => changedPlugins(await write(() => engine.removePlugin(name))),
    developPlugin: async (name, isDeveloped) => changedPlugins(await write(() => engine.developPlugin(name, isDeveloped))),
    findStepRuns: (query) => reader.call('findStepRuns', query),
    getStepRun: (run) => reader.call('getStepRun', run),
    findRunTree: (run) => reader.call('findRunTree', run),
    findStepTimes: (jobId) => reader.call('findStepTimes', jobId),
    findStepJobs: (query) => reader.call('findStepJobs', query),
    tryStep: (run, caller) => desk.call('tryStep', run, caller),
    stepJobsEnded: () => jobs.stepsEnded(),
    jobEnded: (jobId) => jobs.ended(jobId),

    inspectSource: (path) => belt.call('inspectSource', path),
    async importSource(source, options) {
      const report = await belt.call('importSource', source, options)
      announce({ kind: 'model' })
      return changed(report, tablesOf())
    },
    inspectCsv: (source) => belt.call('inspectCsv', source),
    async importCsv(source, mapping) {
      return changed(await belt.call('importCsv', source, mapping), [mapping.table])
    },
    async generate(rules, caller) {
      return changed(await belt.call('generate', rules, caller), [...new Set(rules.map(({ table }) => table))])
    },

    cutOff() {
      lost = new EngineError(
        'WORKER_LOST',
        'The environment was cut off in the middle of its work. What was committed stays, what was not is gone.',
        { hint: 'Start again; a job under way goes on by itself when the environment is opened.' },
      )
      jobs.cutOff(lost)
      engine.close()
      unlock()
    },
    async close() {
      const stopped = jobs.stop()
      await threads.close(stopped)
      await stopped
      engine.checkpoint()
      engine.close()
      unlock()
    },
  }
  return workbench

  async function execute(request: CascadeRequest, caller: string, given: ExecuteInput = {}): Promise<OperationOutcome> {
    const { mode: modeChoice = 'Auto', planId, watcher, together = {} } = given
    if (watcher && worker !== 'inline') throw new Error('Only work on this thread can be watched')
    const { request: validated, options, hasRun } = await preValidate(request, caller, together)
    if (planId && hasRun) await desk.call('discardPlan', planId)
    const plan = planId && !hasRun ? await desk.call('describePlan', planId) : await desk.call('planCascade', validated, caller, modeChoice)
    if (plan.mode === 'Async' && !plan.nothingToDo) {
      const job = await patiently(() => desk.call('startJob', plan.planId, caller, options))
      announce({ kind: 'job', job })
      if (watcher) {
        watchers.set(job.id, watcher)
        await jobs.leaveAlone(job.id, () => watcher.at({ kind: 'afterPlan' }, job.id))
      }
      jobs.wake()
      return { outcome: 'Running', mode: 'Async', affected: plan.affected, jobId: job.id, record: null }
    }
    if (watcher) {
      refuse(plan)
      await watcher.at({ kind: 'afterPlan' }, null)
      checkAlive()
      await patiently(async () => engine.holdPlan(plan.planId))
      await watcher.at({ kind: 'insideBatch', batch: 1 }, null)
      checkAlive()
    }
    const outcome = await patiently(() => desk.call('executeSync', plan.planId, caller, options)).finally(() =>
      desk.call('discardPlan', plan.planId),
    )
    return changed(outcome, Object.keys(plan.byTable))
  }

  /** PreValidation comes before the plan, which may be another because of it. */
  async function preValidate(request: CascadeRequest, caller: string, together: ExecuteOptions): Promise<ValidatedRequest> {
    if (!engine.usesPlugins()) return { request, options: together, hasRun: false }
    try {
      return await desk.call('preValidate', request, caller, together)
    } finally {
      announceSteps()
    }
  }
}

/** A file that is not there gets no lock beside it: opening it says what is wrong. */
const lockExisting = (path: string): (() => void) => (existsSync(path) ? lockEnvironment(path) : () => undefined)

function openLocked(open: () => Engine, unlock: () => void): Engine {
  try {
    return open()
  } catch (error) {
    unlock()
    throw error
  }
}
