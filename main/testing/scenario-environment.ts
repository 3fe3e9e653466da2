import { EngineError } from '#engine/contract/errors'
import type { RecordRow } from '#engine/contract/records'
import { SYSTEM_USER_ID } from '#engine/contract/security'
import type { StepRun } from '#engine/contract/trace'
import { allJobs } from '../scenario/all-jobs.ts'
import type { RecordKey } from '../scenario/cells.ts'
import { sameValue } from '../scenario/expectations/same-value.ts'
import { splitRecordName } from '../scenario/format/names-in-text.ts'
import { writtenValues } from '../scenario/format/records.ts'
import { stepShape } from '../scenario/format/steps.ts'
import { loadRows } from '../scenario/load-rows.ts'
import type { Names } from '../scenario/names.ts'
import { namedInModule } from '../scenario/plugin-names.ts'
import { install } from '../scenario/plugins.ts'
import { type PreparedStep, prepareFurther } from '../scenario/prepare.ts'
import type { StepReport } from '../scenario/report.ts'
import type { RunEnvironment } from '../scenario/run-environment.ts'
import { STEP_MS } from '../scenario/run-scenario.ts'
import { runStep, type ScenarioState } from '../scenario/run-step.ts'
import { readCells } from '../scenario/values.ts'
import type { InlineWorkbench, WorkbenchUser } from '../workbench/index.ts'
import type {
  PluginUnderTest,
  RecordName,
  RunFilter,
  TestAction,
  TestEnvironment,
  TestJob,
  TestOutcome,
  TestQuery,
  TestRow,
  TestRun,
  TestSettings,
  TestStepJob,
  TestValues,
} from './environment.ts'
import { asTest, asTestNow, ExpectationFailed, OperationRefused, TestInvalid } from './errors.ts'
import { sourceOf } from './source-of.ts'
import { toTestJob, toTestStepJob } from './test-job.ts'
import type { TestPlugins } from './test-plugins.ts'
import { toTestRun } from './test-run.ts'
import { writtenRow } from './written-values.ts'

interface Parts {
  environment: RunEnvironment
  plugins: TestPlugins
  /** State that steps share, as in a scenario. */
  state: ScenarioState
  /** Names that the test may use, including the records it creates and the users it names. */
  names: Names
  close: () => Promise<void>
}

const at = { line: 1, column: 1 }
const PAGE = 1_000

/** Runs each operation as a step of the scenario format, so that both behave the same. */
export class ScenarioEnvironment implements TestEnvironment {
  readonly #parts: Parts
  readonly #users: Set<string>
  #steps = 0
  #closing: Promise<void> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#users = new Set(parts.names.users)
  }

  get #workbench(): InlineWorkbench {
    return this.#parts.environment.workbench
  }

  /** Who reads what a test examines. */
  get #observer(): WorkbenchUser {
    return this.#parts.environment.observer()
  }

  get #observerAtOnce(): ReturnType<InlineWorkbench['atOnce']> {
    return this.#workbench.atOnce(SYSTEM_USER_ID)
  }

  create = (record: RecordName, values: TestValues = {}, action?: TestAction) => this.#act({ create: { record, set: values } }, action)
  update = (record: RecordName, values: TestValues, action?: TestAction) => this.#act({ update: { record, set: values } }, action)
  assign = (record: RecordName, owner: string, action?: TestAction) => this.#act({ assign: { record, to: owner } }, action)
  delete = (record: RecordName, action?: TestAction) => this.#act({ delete: { record } }, action)
  merge = (request: Parameters<TestEnvironment['merge']>[0], action?: TestAction) => this.#act({ merge: request }, action)
  setState = (record: RecordName, statecode: number, statuscode?: number, action?: TestAction) =>
    this.#act({ update: { record, set: { statecode, statuscode } } }, action)

  #act(operation: Record<string, unknown>, { as, mode }: TestAction = {}): Promise<TestOutcome> {
    return this.step({ ...operation, as, mode })
  }

  async step(step: Record<string, unknown>): Promise<TestOutcome> {
    const index = ++this.#steps
    const name = step.name ?? `step ${index} of the test`
    const { prepared, report } = await asTest(async () => {
      const stepPrepared = prepareFurther(stepShape(sourceOf({ ...step, name })), this.#parts.names)
      await this.#addUsers()
      this.#parts.environment.clock.advance(STEP_MS)
      return { prepared: stepPrepared, report: await runStep(stepPrepared, index, this.#parts.state) }
    })
    if (report.outcome === 'Refused' && !prepared.statesOutcome)
      throw new OperationRefused(report.error?.code ?? '', report.error?.message ?? 'The operation was refused.')
    checkExpectations(prepared, report, step.expect !== undefined)
    const jobId = prepared.name === null ? undefined : this.#parts.state.jobs.get(prepared.name)
    const { outcome, mode, affected, error } = report
    return { outcome, mode, affected, error, job: jobId === undefined ? null : toTestJob(this.#observer.getJob(jobId)) }
  }

  /** Creates users that have been named. */
  async #addUsers(): Promise<void> {
    const { names, state, environment } = this.#parts
    const added = [...names.users].filter((user) => !this.#users.has(user))
    if (added.length === 0) return
    await loadRows(this.#workbench, added, [], [], state.aliases, environment.clock.newId)
    for (const user of added) this.#users.add(user)
  }

  retrieve(record: RecordName, columns?: readonly string[]): TestRow {
    return asTestNow(() => {
      const { aliases } = this.#parts.state
      const key = this.#keyOf(record)
      this.#checkColumns(key.table, columns)
      return writtenRow(this.#observer.getRecord(aliases.refOf(key)), aliases, columns)
    })
  }

  exists(record: RecordName): boolean {
    const ref = asTestNow(() => this.#parts.state.aliases.refOf(this.#keyOf(record)))
    try {
      this.#observer.getRecord(ref)
      return true
    } catch (error) {
      if (error instanceof EngineError && error.code === 'RECORD_NOT_FOUND') return false
      throw error
    }
  }

  retrieveMultiple({ table, where = {}, columns }: TestQuery): TestRow[] {
    return asTestNow(() => {
      this.#checkColumns(table, columns)
      return this.#rows(table, where).map((row) => writtenRow(row, this.#parts.state.aliases, columns))
    })
  }

  count = (table: string, where: TestValues = {}): number => asTestNow(() => this.#rows(table, where).length)

  idOf = (record: RecordName): string => asTestNow(() => this.#parts.state.aliases.idOf(this.#keyOf(record)))

  /** Returns the matching rows. Compares here and not in the store, because a lookup may hold a link to a deleted row. */
  #rows(table: string, where: TestValues): RecordRow[] {
    const { names, state } = this.#parts
    const compiled = names.table({ value: table, at })
    const wanted = Object.entries(readCells(writtenValues(sourceOf(where)), compiled, names))
    const found: RecordRow[] = []
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = this.#observerAtOnce.findRecords({ table: compiled.definition.logicalName, offset, limit: PAGE })
      found.push(...rows.filter(({ values }) => wanted.every(([column, cell]) => sameValue(cell, values[column] ?? null, state.aliases))))
      if (rows.length < PAGE) return found
    }
  }

  #checkColumns(table: string, columns: readonly string[] | undefined): void {
    const { names } = this.#parts
    const compiled = names.table({ value: table, at })
    for (const value of columns ?? []) names.column(compiled, { value, at })
  }

  #keyOf(record: RecordName): RecordKey {
    const name = splitRecordName(record)
    if (name === undefined) throw new TestInvalid(`Expected a record as table/id, found "${record}".`)
    return this.#parts.names.record({ ...name, at })
  }

  runs(filter: RunFilter = {}): TestRun[] {
    const { aliases } = this.#parts.state
    const wanted = Object.entries(filter) as [keyof RunFilter, string][]
    const runs: StepRun[] = []
    for (let before: number | undefined; ; before = runs.at(-1)?.number) {
      const page = this.#observerAtOnce.findStepRuns({ limit: PAGE, ...(before === undefined ? {} : { before }) })
      runs.push(...page.runs)
      if (!page.hasMore) break
    }
    return runs
      .reverse()
      .map((run) => toTestRun(run, aliases))
      .filter((run) => wanted.every(([key, value]) => value === undefined || run[key] === value))
  }

  trace = (filter: RunFilter = {}): string[] => this.runs(filter).flatMap(({ trace }) => trace)

  jobs = (): TestJob[] => allJobs(this.#observer, 'cascade').map(({ id }) => toTestJob(this.#observer.getJob(id)))

  stepJobs = (): TestStepJob[] => allJobs(this.#observer, 'step').map(toTestStepJob)

  resume = (job?: TestJob, action?: TestAction) => this.#move('resume', job, action)
  reexecute = (job?: TestJob, action?: TestAction) => this.#move('reexecute', job, action)
  cancel = (job?: TestJob, action?: TestAction) => this.#move('cancel', job, action)

  /** Resumes, re-executes or cancels a job, which the format names by the step that started it. */
  #move(operation: string, job: TestJob | undefined, action: TestAction | undefined): Promise<TestOutcome> {
    const { names, state } = this.#parts
    if (job === undefined) return this.#act({ [operation]: { job: 'last' } }, action)
    state.jobs.set(job.id, job.id)
    names.defineStep(job.id)
    return this.#act({ [operation]: { job: job.id } }, action)
  }

  installPlugin(plugin: PluginUnderTest, configuration = ''): Promise<void> {
    return asTest(async () => {
      const { environment, names, plugins } = this.#parts
      const pluginPackage = await plugins.packageOf(plugin, configuration)
      const named = await namedInModule(pluginPackage, plugins)
      for (const user of named?.users ?? []) names.user({ value: user, at })
      await this.#addUsers()
      await install(pluginPackage, environment.workbench)
    })
  }

  enablePlugin = (name: string): Promise<void> => this.#managePlugin('enablePlugin', name)
  disablePlugin = (name: string): Promise<void> => this.#managePlugin('disablePlugin', name)
  removePlugin = (name: string): Promise<void> => this.#managePlugin('removePlugin', name)

  async #managePlugin(operation: string, plugin: string): Promise<void> {
    await this.step({ [operation]: { plugin } })
  }

  async changeSettings(change: TestSettings): Promise<void> {
    await this.step({ settings: change })
  }

  close(): Promise<void> {
    this.#closing ??= this.#parts.close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** Checks a step's expectations. Without expectations any outcome but a refusal is accepted, because the test examines the result. */
function checkExpectations({ statesOutcome }: PreparedStep, { expectations, error }: StepReport, expects: boolean): void {
  const lines = statesOutcome || expects ? expectations : expectations.slice(1)
  const missed = lines.filter(({ held }) => !held)
  if (missed.length === 0) return
  const sentences = missed.map(({ path, expected, actual }) => `${path}: expected ${shown(expected)}, found ${shown(actual)}`)
  if (error !== null) sentences.push(`${error.code}: ${error.message}`)
  throw new ExpectationFailed(sentences.join('\n'))
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
