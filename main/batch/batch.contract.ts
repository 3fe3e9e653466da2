import type { Engine, ExecuteOptions } from '#engine/contract/engine'
import type { Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type {
  CsvImport,
  CsvInspection,
  GenerateReport,
  GenerateRule,
  ImportOptions,
  ImportReport,
  SourceInspection,
} from '#engine/contract/transfer'

/** The data with which a worker starts. */
export interface WorkerSetup {
  path: string
  turns: SharedArrayBuffer
  /** Number of the worker, from 2; marks in shared memory who has the right to write. */
  number: number
  /** See EngineOptions. */
  agreementKey?: string
  /** Files and folders that no permission opens to a plug-in. */
  secret: string[]
}

/** The methods of a batch worker: everything that can take long. Arguments and results are plain data. */
export interface BatchWork
  extends Pick<
    Engine,
    | 'planCascade'
    | 'describePlan'
    | 'findPlanRows'
    | 'discardPlan'
    | 'preValidate'
    | 'executeSync'
    | 'createRecord'
    | 'updateRecord'
    | 'checkPlugin'
    | 'installPlugin'
    | 'tryStep'
    | 'runStepJob'
    | 'findStepRuns'
    | 'getStepRun'
    | 'findRunTree'
    | 'findStepTimes'
    | 'findStepJobs'
    | 'findRecords'
    | 'countRecords'
    | 'runJob'
    | 'holdBatch'
    | 'runHeld'
    | 'checkpoint'
    | 'checkIntegrity'
  > {
  /** Creates the job of a kept plan and writes its items. */
  startJob(planId: string, caller: string, options?: ExecuteOptions): Job
  inspectSource(path: string): Promise<SourceInspection[]>
  importSource(path: string, options: ImportOptions): Promise<ImportReport>
  inspectCsv(path: string): Promise<CsvInspection>
  importCsv(path: string, mapping: CsvImport): Promise<ImportReport>
  generate(rules: GenerateRule[], caller: string): GenerateReport
}

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ErrorData }

/** The same methods across the thread border, where errors are returned as data, because a thrown one keeps only its message. */
export type BatchWorker = {
  [M in keyof BatchWork]: (...args: Parameters<BatchWork[M]>) => Promise<Answer<Awaited<ReturnType<BatchWork[M]>>>>
} & { open(setup: WorkerSetup): Promise<Answer<undefined>>; close(): Promise<Answer<undefined>> }

/** Posted beside comlink's own messages, without a reply. */
export interface ProgressMessage {
  progress: Progress
}
