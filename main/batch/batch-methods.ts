import type { Engine } from '#engine'
import type { ExecuteOptions } from '#engine/contract/engine'
import type { Progress } from '#engine/contract/environment'
import type { Job } from '#engine/contract/jobs'
import type { ChangingMethod, Method } from '#engine/contract/method'
import type { CsvImport, CsvInspection, GenerateReport, GenerateRule, ImportOptions, ImportReport } from '#engine/contract/transfer'
import { generateRecords } from '../generate/index.ts'
import type { ImportTarget } from '../import/index.ts'

/** What the methods of a worker work with, beside the engine that is open in it. */
export interface BatchContext {
  engine: Engine
  now: () => number
  newId: () => string
  onProgress: (progress: Progress) => void
}

const method = <Args extends unknown[], Result>(
  run: (context: BatchContext, ...args: Args) => Result,
): Method<BatchContext, 'job', Args, Result> => ({
  where: 'job',
  run,
})

const change = <Args extends unknown[], Result>(
  declaration: Omit<ChangingMethod<BatchContext, 'job', Args, Result>, 'where'>,
): ChangingMethod<BatchContext, 'job', Args, Result> => ({ where: 'job', ...declaration })

const targetOf = ({ engine, now, newId }: BatchContext, caller: string): ImportTarget => ({
  model: engine.model,
  applyModel: engine.applyModel,
  load: engine.load,
  caller,
  now,
  newId,
})

/** Models and data from files, and rows by rule. Readers of files are loaded when the first file comes. */
export const transferMethods = {
  /** Returns what a file or folder holds, without changing anything. Several sources where a repository holds several. */
  inspectSource: method(async (_context, path: string) => (await import('../import/index.ts')).inspectSource(path)),

  importSource: change({
    async run(context, path: string, options: ImportOptions, caller: string): Promise<ImportReport> {
      const { importSource } = await import('../import/index.ts')
      return importSource(path, options, targetOf(context, caller), context.onProgress)
    },
    announces: (report) => [{ kind: 'model' }, { kind: 'records', tables: loadedTables(report) }],
  }),

  inspectCsv: method(
    async ({ engine }, path: string): Promise<CsvInspection> => (await import('../import/index.ts')).inspectCsv(path, engine.model()),
  ),

  importCsv: change({
    async run(context, path: string, mapping: CsvImport, caller: string): Promise<ImportReport> {
      return (await import('../import/index.ts')).importCsv(path, mapping, targetOf(context, caller), context.onProgress)
    },
    announces: (_report, [, { table }]) => [{ kind: 'records', tables: [table] }],
  }),

  generate: change({
    run({ engine, now, newId, onProgress }, rules: GenerateRule[], caller: string): GenerateReport {
      return generateRecords(rules, engine, {
        caller,
        now,
        newId,
        onProgress: (done, total) => onProgress({ id: 'generate', label: 'Generating records', done, total }),
      })
    },
    announces: ({ inserted }) => [{ kind: 'records', tables: Object.keys(inserted) }],
  }),
}

/** Everything that a worker does beside the engine's own methods. */
export const batchMethods = {
  ...transferMethods,

  /** Creates the job of a kept plan, with its items written. */
  startJob: method(({ engine }, planId: string, caller: string, options?: ExecuteOptions): Job => {
    const job = engine.createJob(planId, caller, options)
    engine.prepareJob(job.id, planId)
    return engine.getJob(job.id).job
  }),
}

/** Stub rows included: the tables that a report's links end in. */
const loadedTables = ({ sources }: ImportReport): string[] => [
  ...new Set(sources.flatMap(({ recordsByTable, linksToStubs }) => [...Object.keys(recordsByTable), ...Object.keys(linksToStubs)])),
]
