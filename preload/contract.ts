import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from '#engine/contract/cascades'
import type { EnvironmentInfo, Faults, Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job, JobDetails, JobPage, JobProgress, JobQuery } from '#engine/contract/jobs'
import type { MessageName } from '#engine/contract/messages'
import type { Plugin, PluginCheck, PluginFile, StepInOrder } from '#engine/contract/plugins'
import type { RecordInput, RecordPage, RecordQuery, RecordRef, RecordRow } from '#engine/contract/records'
import type { Principal } from '#engine/contract/security'
import type { Settings } from '#engine/contract/settings'
import type { CascadeConfiguration, ModelDefinition, RelationshipDefinition } from '#engine/contract/tables'
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

/** An environment in the list of recent ones. */
export interface RecentEnvironment {
  path: string
  name: string
  openedOnMs: number
  /** Whether the file exists. */
  exists: boolean
}

export interface AppInfo {
  version: string
  host: 'electron' | 'browser'
  recent: RecentEnvironment[]
  /** The open environment, if any. */
  environment: EnvironmentInfo | null
  /** The default folder for new environments. */
  defaultFolder: string
}

/**
 * The methods for the renderer. Calls use IPC in Electron and a WebSocket in the browser host; both run the same handlers,
 * which check the input's shape first.
 */
export interface Bridge {
  'app.info'(): AppInfo
  /** Opens a file and closes the previous one. */
  'environment.open'(path: string): EnvironmentInfo
  /** Creates a file; with `sample` it holds the sample data. */
  'environment.create'(input: { path: string; sample: boolean }): EnvironmentInfo
  'environment.close'(): void
  /** Removes an entry from the recent list; the file stays. */
  'environment.forget'(path: string): void
  /** Asks the user for a file or folder; `null` if cancelled. The browser host has no native dialog and returns the error NOT_SUPPORTED. */
  'dialog.chooseOpen'(input: { kind: 'environment' | 'import' | 'importFolder' | 'csv' | 'plugin' | 'pluginFolder' }): string | null
  'dialog.chooseSave'(input: { suggestedName: string }): string | null

  'model.get'(): ModelDefinition
  'model.changeRelationship'(input: { schemaName: string; cascade: Partial<CascadeConfiguration> }): RelationshipDefinition
  'settings.get'(): Settings
  'settings.change'(change: Partial<Settings>): Settings

  'records.find'(query: RecordQuery): RecordPage
  'records.get'(record: RecordRef): RecordRow
  'records.counts'(): Record<string, number>
  'records.create'(input: { table: string; values: RecordInput; caller: string }): OperationOutcome
  'records.update'(input: { record: RecordRef; values: RecordInput; caller: string }): OperationOutcome
  'principals.find'(search: string): Principal[]

  'cascade.preview'(input: { request: CascadeRequest; caller: string; mode: ModeChoice }): Preview
  'cascade.planRows'(query: PlanRowQuery): PlanRowPage
  'cascade.discard'(planId: string): void
  'cascade.execute'(input: { request: CascadeRequest; caller: string; mode: ModeChoice; planId: string | null }): OperationOutcome

  /** A page of system jobs, newest first. */
  'jobs.find'(query: JobQuery): JobPage
  'jobs.get'(jobId: string): JobDetails

  /** Resumes a paused job where it stopped, plans it again from the current data, or cancels it. */
  'jobs.resume'(input: { jobId: string; caller: string }): Job
  'jobs.reexecute'(input: { jobId: string; caller: string }): Job
  'jobs.cancel'(input: { jobId: string; caller: string }): Job

  'faults.get'(): Faults
  'faults.set'(faults: Faults): Faults
  /** Ends the batch worker's thread without warning. */
  'faults.killWorker'(): void
  /** Disables or enables a user, removes one or adds the same one again. */
  'users.change'(input: { name: string; disabled?: boolean; removed?: boolean }): void

  /** By name. */
  'plugins.find'(): Plugin[]
  /** Returns the bundled examples, and the plug-ins in the user's folder. */
  'plugins.available'(): AvailablePlugins
  /** Checks the plug-in at a path without changing anything, and returns what it asks for. */
  'plugins.check'(input: { path: string; configuration: string }): PluginCheck
  /** `agreedTo` is the content hash that the user was shown; without it a plug-in is installed and stays disabled. */
  'plugins.install'(input: { path: string; configuration: string; agreedTo: string | null; replace: boolean; isDeveloped: boolean }): Plugin
  'plugins.enable'(input: { name: string; agreedTo: string | null }): Plugin
  'plugins.disable'(name: string): Plugin
  'plugins.remove'(name: string): void
  /** Sets whether changes of its folder are installed without asking. */
  'plugins.develop'(input: { name: string; isDeveloped: boolean }): Plugin
  'plugins.files'(name: string): PluginFile[]
  /** In the order of execution. */
  'plugins.steps'(filter: { table?: string; message?: MessageName }): StepInOrder[]

  'trace.find'(query: StepRunQuery): StepRunPage
  'trace.get'(run: number): StepRunDetails
  /** Returns a run with its ancestors and all runs that they caused, in the order in which they began. */
  'trace.tree'(run: number): StepRun[]
  /** Returns the total time of each step for one job, or with `null` for the whole log. */
  'trace.times'(jobId: string | null): StepTime[]
  /** Runs a step again with its logged input and rolls back everything. */
  'trace.runAgain'(input: { run: number; caller: string }): StepTrial

  'import.inspect'(path: string): SourceInspection[]
  'import.run'(input: { path: string; options: ImportOptions }): ImportReport
  'csv.inspect'(path: string): CsvInspection
  'csv.import'(input: { path: string; mapping: CsvImport }): ImportReport
  'generate.run'(input: { rules: GenerateRule[]; caller: string }): GenerateReport
}
export type BridgeMethod = keyof Bridge

/** A plug-in that can be installed. */
export interface AvailablePlugin {
  /** Folder, module file or archive. */
  path: string
  name: string
  version: string | null
  /** The first sentence of its README. */
  description: string | null
  isBundled: boolean
}
export interface AvailablePlugins {
  plugins: AvailablePlugin[]
  /** Folder of the user's own plug-ins. */
  folder: string
}

/** Events that the host announces after the commit. */
export interface BridgeEvents {
  /** Another environment was opened, or the environment was closed. */
  environment: EnvironmentInfo | null
  model: null
  settings: Settings
  /** Rows of these tables changed. Sent at most a few times a second. */
  records: { tables: string[] }
  /** A job has come to another state, or was postponed again. */
  job: Job
  /** A job has come further in the same state. */
  jobProgress: JobProgress
  /** Jobs have come or ended that were not announced one by one. Sent at most a few times a second. */
  jobs: null
  progress: Progress
  plugins: null
  /** A plug-in under development changed in its folder: it was installed or, with an error, refused and the previous version kept. */
  pluginReloaded: { name: string; error: ErrorData | null }
  /** Steps ran. Sent at most a few times a second. */
  trace: { lastRun: number }
  /** Jobs are delayed or stopped by a cause outside the jobs, such as a full disk. */
  trouble: ErrorData
  /** A file or folder is to be opened, by the menu or by the operating system. */
  openRequested: { path: string }
}
export type BridgeEvent = keyof BridgeEvents

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ErrorData }

/** The interface of `window.cascade`, which the preload script provides in Electron and bridge.ts with the browser host. */
export interface BridgeTransport {
  call<M extends BridgeMethod>(method: M, ...args: Parameters<Bridge[M]>): Promise<Answer<Awaited<ReturnType<Bridge[M]>>>>
  /** Subscribes to an event. Returns a function that unsubscribes. */
  on<E extends BridgeEvent>(event: E, listener: (data: BridgeEvents[E]) => void): () => void
  /** Returns the path of dropped or chosen files for the host; with the browser host, uploads them first. Folders are given as all of their files. */
  pathOf(files: File[]): Promise<string>
}
