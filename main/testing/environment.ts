import type { MessageName, PluginDefinition, StageName, StepMode } from '../../plugins/api/index.ts'

/**
 * The interface of plug-in tests. Records are named as in scenario files, `table/alias`: an alias that the test chooses, or a GUID.
 * Users and teams are named by their names and exist once they are named; `admin` may do everything.
 */

/** A record as `table/alias` or `table/GUID`. */
export type RecordName = string

/** A value as scenario files write it: a lookup is `table/alias`, an owner a name, a date an ISO string. */
export type TestValue = string | number | boolean | null | number[]

/** Columns by logical name. */
export type TestValues = Record<string, TestValue>

/** A row in its current state. `id` is its name, `account/A`, or contains its GUID if the test gave it no alias. */
export type TestRow = { readonly id: RecordName } & Readonly<Record<string, TestValue>>

/**
 * A definition or a function runs in the thread of the test: breakpoints and coverage work, and nothing contains it. A path (a
 * folder, a module file or an archive) is read and runs contained, as in the product, with the permissions that it lists.
 */
export type PluginUnderTest = PluginDefinition | ((configuration: string) => PluginDefinition) | string

export interface ConfiguredPlugin {
  plugin: PluginUnderTest
  /** The text that a user would enter at installation. */
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

/** The same as the section `model` of scenario files. */
export interface TestModel {
  /** A solution or metadata, relative to the working folder. */
  import?: string
  tables?: Record<string, TestTable>
  relationships?: TestRelationship[]
}

/** The same as the section `settings` of scenario files; omitted settings keep their defaults. */
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

/** Rows by rule, the same as the section `generate` of scenario files. */
export interface TestRows {
  table: string
  /** Prefix of their aliases: `G` for G1, G2, … */
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
  /** Tables and relationships besides users, teams and business units. */
  model?: TestModel
  settings?: TestSettings
  /** Rows by table; `id` is the alias. They are stored as given, without plug-ins. */
  records?: Record<string, readonly ({ id: string } & TestValues)[]>
  generate?: readonly TestRows[]
  /**
   * A scenario file whose sections are used as if they were given here; its steps do not run. A section that is given
   * here too replaces the file's. Plug-ins of both are installed, the file's first.
   */
  scenario?: string
}

/** The user and the mode of an operation. */
export interface TestAction {
  /** @default 'admin' */
  as?: string
  /** Auto follows the thresholds of the settings. @default 'Auto' */
  mode?: 'Auto' | 'Sync' | 'Async'
}

/** The result of an operation. A refused one throws an OperationRefused instead. */
export interface TestOutcome {
  /**
   * A job that could not continue is Paused or Failed: its changes stay, and `error` says what stopped it. Refused occurs only
   * if a `step` expects it.
   */
  outcome: 'Completed' | 'Paused' | 'Failed' | 'Cancelled' | 'Running' | 'Refused'
  mode: 'Sync' | 'Async' | null
  /** Records of the plan. */
  affected: number | null
  error: { code: string; message: string } | null
  /** The job of an asynchronous cascade, in its final state. */
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
  /** Number of records of the plan, and of processed ones. */
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
  /** 1 for an operation of the test, one more for each request of a step and for a cascade's children. */
  depth: number
  /** Name of the user with whose rights it ran. */
  user: string
  /** GUID of that user: others may have the name. */
  userId: string
  outcome: 'done' | 'refused' | 'failed'
  /** Whether its transaction was committed. */
  isCommitted: boolean
  error: { code: string; message: string } | null
  /** Lines that it wrote with `context.trace`. */
  trace: string[]
  /** The cascade job in which it ran. */
  job: { id: string; batch: number; attempt: number } | null
}

/** Selects runs; all given fields must match. */
export interface RunFilter {
  plugin?: string
  message?: MessageName
  stage?: StageName
  record?: RecordName
  outcome?: TestRun['outcome']
}

export interface TestQuery {
  table: string
  /** Selects rows with all of these values. */
  where?: TestValues
  /** @default all columns */
  columns?: readonly string[]
}

/** An environment for one test: a real file with real cascades and jobs, on a virtual clock where waiting takes no time. */
export interface TestEnvironment extends AsyncDisposable {
  /** Creates a record; its name must be new. @throws OperationRefused, as all operations do */
  create(record: RecordName, values?: TestValues, action?: TestAction): Promise<TestOutcome>
  /** Updates a record. A changed lookup, owner or state cascades as the model says. */
  update(record: RecordName, values: TestValues, action?: TestAction): Promise<TestOutcome>
  setState(record: RecordName, statecode: number, statuscode?: number, action?: TestAction): Promise<TestOutcome>
  /** Assigns a record to the user or team with this name. */
  assign(record: RecordName, owner: string, action?: TestAction): Promise<TestOutcome>
  delete(record: RecordName, action?: TestAction): Promise<TestOutcome>
  merge(
    request: { target: RecordName; subordinate: RecordName; content?: TestValues; parentingCheck?: boolean },
    action?: TestAction,
  ): Promise<TestOutcome>
  /**
   * Runs any step of the scenario format, as an object: `{ delete: { record: 'account/A' }, during: [ … ], expect: { … } }`.
   * @throws ExpectationFailed if an expectation of the step is not met
   */
  step(step: Record<string, unknown>): Promise<TestOutcome>

  /** Returns a record. @throws OperationRefused with 0x80040217 if there is no such record */
  retrieve(record: RecordName, columns?: readonly string[]): TestRow
  exists(record: RecordName): boolean
  /** Returns the matching rows in the order of creation. */
  retrieveMultiple(query: TestQuery): TestRow[]
  count(table: string, where?: TestValues): number
  /** Returns the GUID for a name, which is what a plug-in sees. */
  idOf(record: RecordName): string

  /** Returns the runs of steps so far, the earliest first, including those that were rolled back. */
  runs(filter?: RunFilter): TestRun[]
  /** Returns the lines that steps wrote with `context.trace`, the earliest first. */
  trace(filter?: RunFilter): string[]

  /** Returns the cascade jobs, newest first. */
  jobs(): TestJob[]
  /** Returns the jobs of asynchronous steps, newest first. Every operation waits for those that it caused. */
  stepJobs(): TestStepJob[]
  /** Resumes a paused job where it stopped. @default the newest job */
  resume(job?: TestJob, action?: TestAction): Promise<TestOutcome>
  /** Plans a paused job again from the current data and runs it. @default the newest job */
  reexecute(job?: TestJob, action?: TestAction): Promise<TestOutcome>
  /** Cancels a paused job; its changes stay. @default the newest job */
  cancel(job?: TestJob, action?: TestAction): Promise<TestOutcome>

  /** Installs and enables a plug-in. @throws OperationRefused with PLUGIN_INVALID if it is invalid */
  installPlugin(plugin: PluginUnderTest, configuration?: string): Promise<void>
  enablePlugin(name: string): Promise<void>
  disablePlugin(name: string): Promise<void>
  removePlugin(name: string): Promise<void>
  changeSettings(change: TestSettings): Promise<void>

  /** Removes the environment's file. Also done by `await using`. */
  close(): Promise<void>
}
