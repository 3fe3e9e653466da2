import type { Engine } from '#engine/contract/engine'
import type { Progress } from '#engine/contract/environment'
import { generateRecords } from '../generate/index.ts'
import type { BatchWork } from './batch.contract.ts'

interface WorkOptions {
  now: () => number
  newId: () => string
  onProgress: (progress: Progress) => void
}

/** Work that evaluates modules even if no plug-in is installed. */
const LOADS_MODULES: ReadonlySet<keyof BatchWork> = new Set(['checkPlugin', 'installPlugin', 'tryStep'])

/** Returns whether the plug-in runtime must be ready before a piece of work. */
export const needsPlugins = (engine: Engine, method: keyof BatchWork): boolean => LOADS_MODULES.has(method) || engine.usesPlugins()

/** Returns the work over an open engine, in any thread. Imports the readers of files on the first call. */
export function batchWork(engine: Engine, { now, newId, onProgress }: WorkOptions): BatchWork {
  const importTarget = { model: () => engine.model(), applyModel: engine.applyModel, load: engine.load, now, newId }
  return {
    planCascade: engine.planCascade,
    describePlan: engine.describePlan,
    findPlanRows: engine.findPlanRows,
    discardPlan: engine.discardPlan,
    preValidate: engine.preValidate,
    executeSync: engine.executeSync,
    createRecord: engine.createRecord,
    updateRecord: engine.updateRecord,
    checkPlugin: engine.checkPlugin,
    installPlugin: engine.installPlugin,
    tryStep: engine.tryStep,
    runStepJob: engine.runStepJob,
    findStepRuns: engine.findStepRuns,
    getStepRun: engine.getStepRun,
    findRunTree: engine.findRunTree,
    findStepTimes: engine.findStepTimes,
    findStepJobs: engine.findStepJobs,
    findRecords: engine.findRecords,
    countRecords: engine.countRecords,
    runJob: engine.runJob,
    holdBatch: engine.holdBatch,
    runHeld: engine.runHeld,
    checkpoint: engine.checkpoint,
    checkIntegrity: engine.checkIntegrity,

    startJob(planId, caller, options) {
      const job = engine.createJob(planId, caller, options)
      engine.prepareJob(job.id, planId)
      return engine.getJob(job.id).job
    },

    async inspectSource(path) {
      return (await import('../import/index.ts')).inspectSource(path)
    },
    async importSource(path, options) {
      const { importSource } = await import('../import/index.ts')
      return importSource(path, options, importTarget, onProgress)
    },
    async inspectCsv(path) {
      return (await import('../import/index.ts')).inspectCsv(path, engine.model())
    },
    async importCsv(path, mapping) {
      return (await import('../import/index.ts')).importCsv(path, mapping, importTarget, onProgress)
    },
    generate(rules, caller) {
      return generateRecords(rules, engine, {
        caller,
        now,
        newId,
        onProgress: (done, total) => onProgress({ id: 'generate', label: 'Generating records', done, total }),
      })
    },
  }
}
