import type { Engine } from '#engine/engine'
import type { Progress } from '#engine/model'
import { generateRecords } from '../generate/index.ts'
import type { BatchWork } from './batch.contract.ts'

interface WorkOptions {
  now: () => number
  newId: () => string
  onProgress: (progress: Progress) => void
}

/** The work over an open engine, whichever thread that is in. Readers of files are loaded when the first file comes. */
export function batchWork(engine: Engine, { now, newId, onProgress }: WorkOptions): BatchWork {
  const importTarget = { model: () => engine.model(), applyModel: engine.applyModel, load: engine.load, now, newId }
  return {
    planCascade: engine.planCascade,
    describePlan: engine.describePlan,
    findPlanRows: engine.findPlanRows,
    discardPlan: engine.discardPlan,
    executeSync: engine.executeSync,
    findRecords: engine.findRecords,
    countRecords: engine.countRecords,
    runJob: engine.runJob,
    holdBatch: engine.holdBatch,
    runHeld: engine.runHeld,
    checkpoint: engine.checkpoint,
    checkIntegrity: engine.checkIntegrity,

    startJob(planId, caller) {
      const job = engine.createJob(planId, caller)
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
