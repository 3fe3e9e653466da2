import type { MessageName, PluginDefinition, StageName, StepMode } from '../../plugins/api/index.ts'

/**
 * What a test of a plug-in works with. Records are named as in scenario files, `table/alias`: an alias that the test chose, or a GUID.
 * People are named by their names and exist once they are named; `admin` may do everything.
 */

/** A record as `table/alias` or `table/GUID`. */
export type RecordName = string

/** A value as scenario files write it: a lookup is `table/alias`, an owner a name, a date an ISO string. */
export type TestValue = string | number | boolean | null | number[]

/** Columns by logical name. */
export type TestValues = Record<string, TestValue>

/** A row as it is now. `id` is its name, `account/A`; a row that no test gave an alias has its GUID there. */
export type TestRow = { readonly id: RecordName } & Readonly<Record<string, TestValue>>

/**
 * A definition or a function runs in the very thread of the test: breakpoints and coverage work, and nothing contains it. A path (a
 * folder, a module file or an archive) is read and run contained, as the product does it, with the permissions that it lists.
 */
export type PluginUnderTest = PluginDefinition | ((configuration: string) => PluginDefinition) | string

export interface ConfiguredPlugin {
  plugin: PluginUnderTest
  /** What a user would type in at installation. */
  configuration: string
}

export type CascadeAction = 'Assign' | 'Delete' | 'Merge' | 'Reparent' | 'Share' | 'Unshare' | 'RollupView'
export type CascadeType = 'NoCascade' | 'Cascade' | 'Active' | 'UserOwned' | 'RemoveLink' | 'Restrict'

export interface TestTable {
  /** @default 'UserOwned' */
  ownership?: 'UserOwned' | 'OrganizationOwned' | 'None'
  /** @default true for account, contact, lead and incident */
  mergeable?: boolean
  activeState?: number
  /** @default 'name' */
  primaryName?: string
  /** Beside those that every table has. Lookups come from relationships. */
  columns?: Record<string, 'String' | 'Memo' | 'Integer' | 'Decimal' | 'Money' | 'Boolean' | 'DateTime' | 'Choice'>
}

export interface TestRelationship {
  name: string
  /** The parent, the 1 side. */
  referenced: string
  /** The child, the N side. */
  referencing: string
  /** The lookup column of the child. */
  attribute: string
  /** Either this or `cascade`. */
  behavior?: 'Parental' | 'Referential' | 'ReferentialRestrictDelete'
  cascade?: Partial<Record<CascadeAction, CascadeType>>
}

/** As the section `model` of scenario files. */
export interface TestModel {
  /** A solution or metadata, relative to the working folder. */
  import?: string
  tables?: Record<string, TestTable>
  relationships?: TestRelationship[]
}

/** As the section `settings` of scenario files; what is left out keeps its default. */
export interface TestSettings {
  thresholds?: 'docs-current' | 'docs-2023' | 'docs-2020' | { Assign: number; Delete: number; Merge: number }
  asyncCascades?: boolean
  pluginsBlockAsync?: boolean
  batchSize?: number
  maxAttempts?: number
  retryDelaySeconds?: number
  lockTimeoutSeconds?: number
  maxDepth?: number
  pluginTimeoutSeconds?: number
  [further: string]: unknown
}

/** Many rows by rule, as the section `generate` of scenario files. */
export interface TestRows {
  table: string
  /** The beginning of their aliases: `G` for G1, G2, … */
  id: string
  count?: number
  per?: string
  attribute?: string
  where?: TestValues
  chain?: number
  set?: TestValues
}

export interface TestEnvironmentOptions {
  /** Installed and enabled in this order, after the records were stored. */
  plugins?: readonly (PluginUnderTest | ConfiguredPlugin)[]
  /** What there is besides users, teams and business units. */
  model?: TestModel
  settings?: TestSettings
  /** By table; `id` is the alias. Stored as given: no plug-in takes part. */
  records?: Record<string, readonly ({ id: string } & TestValues)[]>
  generate?: readonly TestRows[]
  /**
   * A scenario file to begin with: its sections are taken as if they stood here, its steps are not run. A section that is given
   * here as well takes the place of the file's; plug-ins of both are installed, the file's first.
   */
  scenario?: string
}

/** Who acts, and how. */
export interface TestAction {
  /** @default 'admin' */
  as?: string
  /** Auto follows the thresholds of the settings. @default 'Auto' */
  mode?: 'Auto' | 'Sync' | 'Async'
}

/** What an operation came to. One that is refused throws an OperationRefused instead. */
export interface TestOutcome {
  /**
   * A job that could not go on is Paused or Failed: what it did before stays done, and `error` says what stopped it. Refused is only
   * what `step` was told to expect.
   */
  outcome: 'Completed' | 'Paused' | 'Failed' | 'Cancelled' | 'Running' | 'Refused'
  mode: 'Sync' | 'Async' | null
  /** Records of the plan. */
  affected: number | null
  error: { code: string; message: string } | null
  /** The job of an asynchronous cascade, as it was at the end. */
  job: TestJob | null
}

/** A system job of a cascade. */
export interface TestJob {
  id: string
  name: string
  status: 'Waiting' | 'In Progress' | 'Completed' | 'Paused' | 'Failed' | 'Cancelled'
  retryCount: number
  /** Tries of the last failing record; 0 where none failed. */
  attempts: number
  /** Records of the plan, and those that are done. */
  total: number
  processed: number
  batches: number
  error: { code: string | null; message: string } | null
  messages: string[]
}

/** The system job of an asynchronous step. */
export interface TestStepJob {
  id: string
  name: string
  plugin: string
  message: MessageName
  status: 'Waiting' | 'In Progress' | 'Completed' | 'Failed'
  retryCount: number
  error: { code: string | null; message: string } | null
}

/** One run of one step of a plug-in. */
export interface TestRun {
  plugin: string
  message: MessageName
  stage: StageName
  mode: StepMode
  rank: number
  /** `null` for the messages of jobs. */
  record: RecordName | null
  /** 1 for what the test asked for, one more for each request of a step and for a cascade's children. */
  depth: number
  /** Whose rights it had. */
  user: string
  outcome: 'done' | 'refused' | 'failed'
  /** Whether what it did was committed. */
  isCommitted: boolean
  error: { code: string; message: string } | null
  /** What it wrote with `context.trace`. */
  trace: string[]
  /** The cascade job that it ran in. */
  job: { id: string; batch: number; attempt: number } | null
}

/** Which runs; all of what is given must be so. */
export interface RunFilter {
  plugin?: string
  message?: MessageName
  stage?: StageName
  record?: RecordName
  outcome?: TestRun['outcome']
}

export interface TestQuery {
  table: string
  /** Rows that hold all of these values. */
  where?: TestValues
  /** @default all columns */
  columns?: readonly string[]
}

/** An environment of its own for one test: a real file with real cascades and jobs, on a clock where waiting takes no time. */
export interface TestEnvironment extends AsyncDisposable {
  /** Makes a record; its name must be new. @throws OperationRefused, as all operations do */
  create(record: RecordName, values?: TestValues, action?: TestAction): Promise<TestOutcome>
  /** A changed lookup, owner or state cascades as the model says. */
  update(record: RecordName, values: TestValues, action?: TestAction): Promise<TestOutcome>
  setState(record: RecordName, statecode: number, statuscode?: number, action?: TestAction): Promise<TestOutcome>
  /** `owner` is the name of a user or team. */
  assign(record: RecordName, owner: string, action?: TestAction): Promise<TestOutcome>
  delete(record: RecordName, action?: TestAction): Promise<TestOutcome>
  merge(
    request: { target: RecordName; subordinate: RecordName; content?: TestValues; parentingCheck?: boolean },
    action?: TestAction,
  ): Promise<TestOutcome>
  /**
   * Any step of the scenario format, as an object: `{ delete: { record: 'account/A' }, during: [ … ], expect: { … } }`.
   * @throws ExpectationFailed where something that the step expects is not so
   */
  step(step: Record<string, unknown>): Promise<TestOutcome>

  /** @throws OperationRefused with 0x80040217 where there is no such record */
  retrieve(record: RecordName, columns?: readonly string[]): TestRow
  exists(record: RecordName): boolean
  /** In the order of creation. */
  retrieveMultiple(query: TestQuery): TestRow[]
  count(table: string, where?: TestValues): number
  /** The GUID behind a name, which is what a plug-in sees. */
  idOf(record: RecordName): string

  /** Runs of steps so far, the earliest first. Kept also where what they did was rolled back. */
  runs(filter?: RunFilter): TestRun[]
  /** Lines that steps wrote with `context.trace`, the earliest first. */
  trace(filter?: RunFilter): string[]

  /** Cascade jobs, newest first. */
  jobs(): TestJob[]
  /** Jobs of asynchronous steps, newest first. Every operation waits for those that it caused. */
  stepJobs(): TestStepJob[]
  /** A paused job goes on where it stopped. @default the newest job */
  resume(job?: TestJob, action?: TestAction): Promise<TestOutcome>
  /** A paused job is planned again from the data as it is now. @default the newest job */
  reexecute(job?: TestJob, action?: TestAction): Promise<TestOutcome>
  /** A paused job is given up; what it did stays done. @default the newest job */
  cancel(job?: TestJob, action?: TestAction): Promise<TestOutcome>

  /** Installs and enables. @throws OperationRefused with PLUGIN_INVALID where it does not fit */
  installPlugin(plugin: PluginUnderTest, configuration?: string): Promise<void>
  enablePlugin(name: string): Promise<void>
  disablePlugin(name: string): Promise<void>
  removePlugin(name: string): Promise<void>
  changeSettings(change: TestSettings): Promise<void>

  /** Removes the environment's file. Also done by `await using`. */
  close(): Promise<void>
}
