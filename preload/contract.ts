import type { CascadeRequest, ModeChoice, OperationOutcome, PlanRowPage, PlanRowQuery, Preview } from '#engine/contract/cascades'
import type { EnvironmentInfo, Faults, Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job, JobDetails, StepJob } from '#engine/contract/jobs'
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
  /** False where the file is gone. */
  exists: boolean
}

export interface AppInfo {
  version: string
  host: 'electron' | 'browser'
  recent: RecentEnvironment[]
  /** The open environment, if any. */
  environment: EnvironmentInfo | null
  /** Where new environments are put unless the user says otherwise. */
  defaultFolder: string
}

/**
 * Every method that crosses to the renderer. In Electron it travels by IPC, in the browser host by WebSocket; both run
 * the same handlers, which check the input's shape before anything else.
 */
export interface Bridge {
  'app.info'(): AppInfo
  /** Opens a file, closing the one before. */
  'environment.open'(path: string): EnvironmentInfo
  /** Creates a file; with `sample` it holds the sample data. */
  'environment.create'(input: { path: string; sample: boolean }): EnvironmentInfo
  'environment.close'(): void
  /** Removes an entry from the recent list; the file stays. */
  'environment.forget'(path: string): void
  /** Asks the user for a file or folder; `null` when they changed their mind. The browser host has no native dialog and answers with an error NOT_SUPPORTED. */
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

  'jobs.find'(view: 'all' | 'cascadeOperations'): Job[]
  'jobs.get'(jobId: string): JobDetails

  /** A paused job goes on where it stopped, is planned again from today's data, or is given up. */
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
  /** Examples that come with the product, and what lies in the user's plug-in folder. */
  'plugins.available'(): AvailablePlugins
  /** Whether what lies at a path would be accepted, and what it asks for. Nothing changes. */
  'plugins.check'(input: { path: string; configuration: string }): PluginCheck
  /** `agreedTo` is the content hash that the user was shown; without it a plug-in is installed and stays disabled. */
  'plugins.install'(input: { path: string; configuration: string; agreedTo: string | null; replace: boolean; isDeveloped: boolean }): Plugin
  'plugins.enable'(input: { name: string; agreedTo: string | null }): Plugin
  'plugins.disable'(name: string): Plugin
  'plugins.remove'(name: string): void
  /** Whether changes of its folder are taken over without asking. */
  'plugins.develop'(input: { name: string; isDeveloped: boolean }): Plugin
  'plugins.files'(name: string): PluginFile[]
  /** In the order of execution. */
  'plugins.steps'(filter: { table?: string; message?: MessageName }): StepInOrder[]

  'trace.find'(query: StepRunQuery): StepRunPage
  'trace.get'(run: number): StepRunDetails
  /** A run, those above it and all that they set off, in the order in which they began. */
  'trace.tree'(run: number): StepRun[]
  /** Where the time went over one job, or with `null` over the whole log. */
  'trace.times'(jobId: string | null): StepTime[]
  /** Runs a step again with what it was given; everything that it does is rolled back. */
  'trace.runAgain'(input: { run: number; caller: string }): StepTrial
  /** System jobs of asynchronous steps, newest first. */
  'stepJobs.find'(query: { before?: string; limit: number; onlyFailed?: boolean }): { jobs: StepJob[]; total: number }

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
  /** Where the user's own plug-ins lie. */
  folder: string
}

/** What the host announces, after it was committed. */
export interface BridgeEvents {
  /** Another environment was opened, or none is open now. */
  environment: EnvironmentInfo | null
  model: null
  settings: Settings
  /** Rows of these tables changed. Sent at most a few times a second. */
  records: { tables: string[] }
  job: Job
  progress: Progress
  plugins: null
  /** A plug-in under development changed in its folder: it was taken over, or with an error was refused while the one before goes on. */
  pluginReloaded: { name: string; error: ErrorData | null }
  /** Steps ran. Sent at most a few times a second. */
  trace: { lastRun: number }
  stepJobs: null
  /** Jobs are held up, or stopped, by something that is no job's fault. */
  trouble: ErrorData
  /** A file or folder came in from outside the renderer: from the menu, or opened with the app. */
  openRequested: { path: string }
}
export type BridgeEvent = keyof BridgeEvents

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ErrorData }

/** What the preload script (Electron) or bridge.ts (browser host) offers as `window.cascade`. */
export interface BridgeTransport {
  call<M extends BridgeMethod>(method: M, ...args: Parameters<Bridge[M]>): Promise<Answer<Awaited<ReturnType<Bridge[M]>>>>
  /** Returns its own undo function. */
  on<E extends BridgeEvent>(event: E, listener: (data: BridgeEvents[E]) => void): () => void
  /** The path of a dropped or chosen file as the host sees it; the browser host uploads it first. Folders come as all of their files. */
  pathOf(files: File[]): Promise<string>
}
