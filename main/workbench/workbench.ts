import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from '#engine/contract/cascades'
import type { Engine, InstallOptions, UserChange } from '#engine/contract/engine'
import type { Faults, Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job, JobDetails, StepJob } from '#engine/contract/jobs'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { Plugin, PluginCheck } from '#engine/contract/plugins'
import type { RecordInput, RecordPage, RecordQuery, RecordRef } from '#engine/contract/records'
import type { Settings } from '#engine/contract/settings'
import type { CascadeConfiguration, RelationshipDefinition } from '#engine/contract/tables'
import type { StepRun, StepRunDetails, StepRunPage, StepRunQuery, StepTime, StepTrial } from '#engine/contract/trace'
import type {
  CsvImport,
  CsvInspection,
  GenerateReport,
  GenerateRule,
  ImportOptions,
  ImportReport,
  SourceInspection,
} from '#engine/contract/transfer'
import type { CascadeWatcher } from './observer.ts'

/** What happened, after it was committed. */
export type WorkbenchEvent =
  | { kind: 'job'; job: Job }
  | { kind: 'records'; tables: string[] }
  | { kind: 'model' }
  | { kind: 'settings'; settings: Settings }
  | { kind: 'progress'; progress: Progress }
  /** Plug-ins were installed, changed, enabled, disabled or removed. */
  | { kind: 'plugins' }
  /** Steps ran; `lastRun` is the number of the newest run in the trace log. */
  | { kind: 'trace'; lastRun: number }
  /** The system job of an asynchronous step came, went on or ended. */
  | { kind: 'stepJobs' }
  /** Jobs are held up, or stopped, by something that is no job's fault: a full disk, a locked file. */
  | { kind: 'trouble'; error: ErrorData }

/**
 * One open environment with its batch worker and its job loop: what the app, the command line and the scenario runner
 * work with. Reads and metadata go straight to `engine` (main thread, short); everything that can take long is a
 * promise, runs in the worker, and reports progress as events.
 */
export interface Workbench {
  readonly engine: Engine
  /** Returns its own undo function. */
  subscribe(listener: (event: WorkbenchEvent) => void): () => void

  createRecord(table: string, values: RecordInput, caller: string, watcher?: CascadeWatcher): Promise<OperationOutcome>
  /** A changed `ownerid` runs as an assign, in the mode that its cascade calls for. */
  updateRecord(
    record: RecordRef,
    values: RecordInput,
    caller: string,
    mode?: ModeChoice,
    watcher?: CascadeWatcher,
  ): Promise<OperationOutcome>
  changeRelationship(schemaName: string, cascade: Partial<CascadeConfiguration>): Promise<RelationshipDefinition>
  changeSettings(change: Partial<Settings>): Promise<Settings>

  /** Searches in the worker: a page far down a table of a million rows would hold up the main thread. */
  findRecords(query: RecordQuery): Promise<RecordPage>
  countRecords(table: string): Promise<number>
  /** See Engine.checkIntegrity. */
  checkIntegrity(): Promise<string[]>

  preview(request: CascadeRequest, caller: string, mode?: ModeChoice): Promise<Preview>
  findPlanRows(query: PlanRowQuery): Promise<PlanRowPage>
  discardPlan(planId: string): Promise<void>
  /**
   * A watcher looks on while it runs; only where all work is done on this thread. Plans afresh unless `planId` names a kept plan, then runs it: to its end when synchronous, else the answer comes as soon as
   * the job exists. Throws the platform's error when refused.
   */
  execute(
    request: CascadeRequest,
    caller: string,
    options?: { mode?: ModeChoice; planId?: string; watcher?: CascadeWatcher },
  ): Promise<OperationOutcome>
  /** A paused job goes on where it stopped. @throws JOB_MOVE_REFUSED where it is not paused. */
  resumeJob(jobId: string, caller: string, watcher?: CascadeWatcher): Promise<Job>
  /** A paused job is planned again from the data as it is now. */
  reexecuteJob(jobId: string, caller: string, watcher?: CascadeWatcher): Promise<Job>
  /** A paused job is given up; what it did stays done. */
  cancelJob(jobId: string, caller: string): Promise<Job>
  changeUser(name: string, change: UserChange): Promise<void>

  /** See the engine's verbs of the same names. Modules are only ever evaluated in a worker. */
  checkPlugin(pluginPackage: PluginPackage): Promise<PluginCheck>
  installPlugin(pluginPackage: PluginPackage, options: InstallOptions): Promise<Plugin>
  enablePlugin(name: string, agreedTo?: string): Promise<Plugin>
  disablePlugin(name: string): Promise<Plugin>
  removePlugin(name: string): Promise<void>
  developPlugin(name: string, isDeveloped: boolean): Promise<Plugin>
  findStepRuns(query: StepRunQuery): Promise<StepRunPage>
  getStepRun(number: number): Promise<StepRunDetails>
  findRunTree(number: number): Promise<StepRun[]>
  findStepTimes(jobId?: string): Promise<StepTime[]>
  findStepJobs(query: { before?: string; limit: number; onlyFailed?: boolean }): Promise<{ jobs: StepJob[]; total: number }>
  /** Runs a step again with what it was given; everything that it does is rolled back. */
  tryStep(run: number, caller: string): Promise<StepTrial>
  /** Settles when no asynchronous step is waiting or under way. */
  stepJobsEnded(): Promise<void>

  faults(): Faults
  /** Acts on the job under way from its next batch on; marked as a fault in the job's messages. */
  setFaults(faults: Faults): Faults
  /** Ends the batch worker's thread without warning; the job goes on by itself in a new one. */
  killWorker(): Promise<void>
  /** Settles when the job is Completed, Paused, Failed or Cancelled. */
  jobEnded(jobId: string): Promise<JobDetails>

  /** What a file or folder holds, without changing anything. Several sources where a repository holds several. */
  inspectSource(path: string): Promise<SourceInspection[]>
  importSource(path: string, options: ImportOptions): Promise<ImportReport>
  inspectCsv(path: string): Promise<CsvInspection>
  importCsv(path: string, mapping: CsvImport): Promise<ImportReport>
  generate(rules: GenerateRule[], caller: string): Promise<GenerateReport>

  /** Closes as a power cut would, waiting for nobody; only where all work is done on this thread. Work that looks on is refused with WORKER_LOST. */
  cutOff(): void
  /** Waits for the batch under way to commit, then closes. A job that was under way goes on at the next open. */
  close(): Promise<void>
}
