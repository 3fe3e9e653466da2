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

/** How a worker is told which environment it works on. */
export interface WorkerSetup {
  path: string
  turns: SharedArrayBuffer
  /** From 2; says in shared memory who holds the right to write. */
  number: number
  /** See EngineOptions. */
  agreementKey?: string
  /** Files and folders that no plug-in gets at, whatever it is granted. */
  secret: string[]
}

/** What runs in a batch worker: whatever can take longer than a blink. Plain data in, plain data out. */
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
  /** The job of a kept plan, with its items written. */
  startJob(planId: string, caller: string, options?: ExecuteOptions): Job
  inspectSource(path: string): Promise<SourceInspection[]>
  importSource(path: string, options: ImportOptions): Promise<ImportReport>
  inspectCsv(path: string): Promise<CsvInspection>
  importCsv(path: string, mapping: CsvImport): Promise<ImportReport>
  generate(rules: GenerateRule[], caller: string): GenerateReport
}

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ErrorData }

/** The same across the thread border, where errors travel as data because a thrown one keeps only its message. */
export type BatchWorker = {
  [M in keyof BatchWork]: (...args: Parameters<BatchWork[M]>) => Promise<Answer<Awaited<ReturnType<BatchWork[M]>>>>
} & { open(setup: WorkerSetup): Promise<Answer<undefined>>; close(): Promise<Answer<undefined>> }

/** Posted beside comlink's own messages, without an answer. */
export interface ProgressMessage {
  progress: Progress
}
