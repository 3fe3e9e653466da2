import type { Engine, EngineUser } from '#engine'
import type { ExecuteOptions } from '#engine/contract/engine'
import type { Progress } from '#engine/contract/environment'
import { EngineError } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { AnyMethod, ChangingMethod, Method } from '#engine/contract/method'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { CsvImport, CsvInspection, GenerateReport, GenerateRule, ImportOptions, ImportReport } from '#engine/contract/transfer'
import { isSameFile, statusOf } from '#engine/store/file-identity'
import { importText } from '#text/english/import'
import { progressText } from '#text/english/progress'
import { generateRecords } from '../generate/index.ts'
import type { ImportTarget } from '../import/index.ts'

/** What the methods of a worker work with, beside the engine that is open in it. */
export interface BatchContext {
  engine: Engine
  now: () => number
  newId: () => string
  onProgress: (progress: Progress) => void
}

/** What the methods work with that are called in the name of a user. */
interface UserContext extends BatchContext {
  user: EngineUser
}

const method = <Args extends unknown[], Result>(
  run: (context: BatchContext, ...args: Args) => Result,
): Method<BatchContext, 'job', Args, Result> => ({
  where: 'job',
  run,
})

const userMethod = <Args extends unknown[], Result>(
  run: (context: UserContext, ...args: Args) => Result,
): Method<UserContext, 'job', Args, Result> => ({
  where: 'job',
  run,
})

const userChange = <Args extends unknown[], Result>(
  declaration: Omit<ChangingMethod<UserContext, 'job', Args, Result>, 'where'>,
): ChangingMethod<UserContext, 'job', Args, Result> => ({ where: 'job', ...declaration })

const targetOf = ({ engine, user, now, newId }: UserContext): ImportTarget => ({
  model: engine.model,
  modelWith: engine.modelWith,
  applySources: engine.applySources,
  saveRoles: engine.saveRoles,
  load: user.load,
  now,
  newId,
})

/**
 * Refuses to read the environment itself as a source: when a process closes a file, all its locks on that file end, and another program
 * could take the log away.
 * @throws IMPORT_FAILED
 */
function checkSource({ engine }: BatchContext, path: string): void {
  if (!isOpen(engine, path)) return
  throw new EngineError('IMPORT_FAILED', importText.failed({ file: path, reason: importText.ownFile }), {
    hint: importText.ownFileHint,
    details: { path },
  })
}

/** A file that the system says nothing of is left to the import, which says why it cannot be read. */
function isOpen({ identity }: Engine, path: string): boolean {
  try {
    return isSameFile(statusOf(path), identity)
  } catch {
    return false
  }
}

/** Files that an import could read; no record is touched. Readers of files are loaded when the first file comes. */
export const sourceMethods = {
  /** Returns what a file or folder holds, without changing anything. Several sources where a repository holds several. */
  inspectSource: method(async (context, path: string) => {
    checkSource(context, path)
    return (await import('../import/index.ts')).inspectSource(path)
  }),

  inspectCsv: method(async (context, path: string): Promise<CsvInspection> => {
    checkSource(context, path)
    return (await import('../import/index.ts')).inspectCsv(path, context.engine.model())
  }),
}

/** Plug-ins on this computer: their modules are read as text and not evaluated. Anybody's files may take long to read. */
export const packageMethods = {
  /** Reads a plug-in from a folder, a module file or an archive. @throws PLUGIN_INVALID */
  readPackage: {
    where: 'query',
    run: async (_context: BatchContext, path: string, configuration: string): Promise<PluginPackage> =>
      (await import('../plugins/package/index.ts')).readPluginPackage(path, { configuration }),
  },
  /** Lists the plug-ins in these folders. */
  findAvailablePlugins: {
    where: 'query',
    run: async (_context: BatchContext, folders: { path: string; isBundled: boolean }[]) =>
      (await import('../plugins/available.ts')).findAvailablePlugins(folders),
  },
} as const satisfies Record<string, AnyMethod>

/** Models and data from files, and rows by rule. */
export const transferMethods = {
  importSource: userChange({
    async run(context, path: string, options: ImportOptions): Promise<ImportReport> {
      checkSource(context, path)
      const { importSource } = await import('../import/index.ts')
      return importSource(path, options, targetOf(context), context.onProgress)
    },
    announces: (report) => [{ kind: 'model' }, { kind: 'records', tables: loadedTables(report) }],
  }),

  importCsv: userChange({
    async run(context, path: string, mapping: CsvImport): Promise<ImportReport> {
      checkSource(context, path)
      return (await import('../import/index.ts')).importCsv(path, mapping, targetOf(context), context.onProgress)
    },
    announces: (_report, [, { table }]) => [{ kind: 'records', tables: [table] }],
  }),

  generate: userChange({
    run({ engine, user, now, newId, onProgress }, rules: GenerateRule[]): GenerateReport {
      return generateRecords(
        rules,
        { model: engine.model, load: user.load },
        {
          now,
          newId,
          onProgress: (done, total) => onProgress({ id: 'generate', label: progressText.generating, done, total }),
        },
      )
    },
    announces: ({ inserted }) => [{ kind: 'records', tables: Object.keys(inserted) }],
  }),
}

/** Everything that a worker does in the name of a user beside the engine's own methods. */
export const userBatchMethods = {
  ...transferMethods,

  /** Creates the job of a kept plan, with its items written. */
  startJob: userMethod(({ engine, user }, planId: string, options?: ExecuteOptions): Job => {
    const job = user.createJob(planId, options)
    engine.prepareJob(job.id, planId)
    return engine.jobState(job.id)
  }),
}

/** Stub rows included: the tables that a report's links end in. */
const loadedTables = ({ sources }: ImportReport): string[] => [
  ...new Set(sources.flatMap(({ recordsByTable, linksToStubs }) => [...Object.keys(recordsByTable), ...Object.keys(linksToStubs)])),
]
