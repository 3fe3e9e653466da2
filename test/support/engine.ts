import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Engine, EngineUser } from '#engine'
import { openEngine } from '#engine'
import type { CascadeRequest, ModeChoice, Preview } from '#engine/contract/cascades'
import type { WriteTurns } from '#engine/contract/engine'
import { EngineError } from '#engine/contract/errors'
import type { CascadeJob, Job, JobDetails } from '#engine/contract/jobs'
import type { LoadValue } from '#engine/contract/loader'
import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import type { FieldValue, RecordInput, RecordRef, RecordRow } from '#engine/contract/records'
import type { Settings } from '#engine/contract/settings'
import type {
  CascadeConfiguration,
  CascadeType,
  ColumnType,
  ModelDefinition,
  OptionDefinition,
  Origin,
  Ownership,
  RequiredLevel,
} from '#engine/contract/tables'
import { activeStateOf, isMergeableByDefault } from '#engine/model/table-defaults'
import { runJob } from './run-job.ts'

/** A table in a few words; what is left out is user-owned, defined, and mergeable where the platform's is. */
export interface LabTable {
  ownership?: Ownership
  mergeable?: boolean
  activeState?: number
  origin?: Origin
  columns?: Record<string, ColumnType>
  /** Required levels by column. */
  required?: Record<string, RequiredLevel>
  statuses?: OptionDefinition[]
  states?: OptionDefinition[]
}

/** `parent > child.lookup`, then the cascades that are not NoCascade: `account > contact.customerid Assign=Active Delete=Cascade`. */
export type LabRelationship = string

export interface LabModel {
  tables: Record<string, LabTable>
  relationships: LabRelationship[]
  /** `account & list through accountlist`. */
  manyToMany?: string[]
}

/** Columns by name; a lookup holds the label of a row, an owner the name of a user or team. */
export type LabValues = Record<string, string | number | boolean | null>

/** Labels of rows by table. A label is the row's primary name and stands for it everywhere. */
export type LabRows = Record<string, Record<string, LabValues>>

export const START_MS = Date.UTC(2026, 0, 31, 12)

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-engine-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Ids that tell their order, from a counter. */
export function countedIds(): () => string {
  let ids = 0
  return () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`
}

/** The parts of an error that code may branch on. Anything but an EngineError is thrown on. */
export function refusalOf(action: () => unknown): { code: string; platformCode: string | null; details: Record<string, unknown> } {
  try {
    action()
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return { code: error.code, platformCode: error.platformCode, details: error.details }
  }
  throw new Error('Nothing was refused')
}

export function modelOf({ tables, relationships, manyToMany = [] }: LabModel): ModelDefinition {
  const parsed = relationships.map(parseRelationship)
  return {
    tables: Object.entries(tables).map(([name, table]) => tableOf(name, table, parsed)),
    relationships: parsed,
    manyToMany: manyToMany.map((text) => {
      const [, firstTable = '', secondTable = '', intersectTable = ''] = /^(\S+) & (\S+) through (\S+)$/.exec(text) ?? []
      return { schemaName: `${firstTable}_${secondTable}_${intersectTable}`, intersectTable, firstTable, secondTable, origin: 'declared' }
    }),
  }
}

type LabRelationshipDefinition = ModelDefinition['relationships'][number]

function parseRelationship(text: LabRelationship): LabRelationshipDefinition {
  const [, referenced = '', referencing = '', attribute = '', cascades = ''] = /^(\w+) > (\w+)\.(\w+)\s*(.*)$/.exec(text) ?? []
  const cascade: CascadeConfiguration = {
    Assign: 'NoCascade',
    Delete: 'NoCascade',
    Merge: 'NoCascade',
    Reparent: 'NoCascade',
    Share: 'NoCascade',
    Unshare: 'NoCascade',
    RollupView: 'NoCascade',
    Archive: 'NoCascade',
  }
  for (const part of cascades.split(' ').filter(Boolean)) {
    const [action, type] = part.split('=') as [keyof CascadeConfiguration, CascadeType]
    cascade[action] = type
  }
  return {
    schemaName: `${referenced}_${referencing}_${attribute}`,
    referenced,
    referencing,
    attribute,
    hierarchical: referenced === referencing,
    cascade,
    stated: Object.keys(cascade) as (keyof CascadeConfiguration)[],
    kind: 'data',
    origin: 'declared',
    originNote: null,
  }
}

function tableOf(name: string, table: LabTable, relationships: LabRelationshipDefinition[]): ModelDefinition['tables'][number] {
  const lookups = relationships.filter(({ referencing }) => referencing === name).map(({ attribute }) => [attribute, 'Lookup'] as const)
  const columns = { name: 'String', ...Object.fromEntries(lookups), ...table.columns } as Record<string, ColumnType>
  return {
    logicalName: name,
    schemaName: name,
    displayName: null,
    ownership: table.ownership ?? 'UserOwned',
    mergeable: table.mergeable ?? isMergeableByDefault(name),
    activeState: table.activeState ?? activeStateOf(name),
    primaryId: `${name}id`,
    primaryName: 'name',
    isActivity: false,
    origin: table.origin ?? 'declared',
    originNote: null,
    columns: [
      ...Object.entries(columns).map(([logicalName, type]) => ({
        ...columnOf(logicalName, type),
        requiredLevel: table.required?.[logicalName] ?? ('None' as const),
      })),
      ...(table.states ? [columnOf('statecode', 'State', table.states)] : []),
      ...(table.statuses ? [columnOf('statuscode', 'Status', table.statuses)] : []),
    ],
  }
}

const columnOf = (logicalName: string, type: ColumnType, options: OptionDefinition[] = []) => ({
  logicalName,
  displayName: null,
  type,
  sourceType: null,
  requiredLevel: 'None' as const,
  maxLength: null,
  options,
})

export interface LabOptions {
  settings?: Partial<Settings>
  newId?: () => string
  turns?: WriteTurns
  plugins?: PluginRuntime
}

/**
 * A new environment in a folder of its own, with given clock and ids, and a few people: alice, bob and carol of the root
 * unit, nora of the unit north, the teams crew (root) and patrol (north), and dora, who is disabled. After the test it is
 * closed and removed. A job pauses at the first failure.
 */
export class Lab {
  readonly path: string
  readonly folder = temporaryFolder()
  nowMs = START_MS
  #engine: Engine
  readonly #given
  readonly #refs = new Map<string, RecordRef>()

  constructor(model: LabModel, { settings = {}, newId = countedIds(), turns, plugins }: LabOptions = {}) {
    this.path = join(this.folder, 'lab.cascade')
    this.#given = {
      path: this.path,
      now: () => this.nowMs,
      newId,
      ...(turns ? { turns } : {}),
      ...(plugins ? { plugins } : {}),
    }
    this.#engine = openEngine({ ...this.#given, mode: 'create' })
    onTestFinished(() => this.#engine.close())
    this.#engine.applyModel(modelOf(model))
    this.#engine.changeSettings({ maxAttempts: 1, ...settings })
    const root = { businessunitid: 'root' }
    const north = { businessunitid: 'north' }
    this.#refs.set('root', this.#first('businessunit'))
    this.#refs.set('admin', this.#first('systemuser'))
    this.rows({
      businessunit: { north: { parentbusinessunitid: 'root' } },
      systemuser: { alice: root, bob: root, carol: root, nora: north, dora: { ...root, isdisabled: true } },
      team: { crew: root, patrol: north },
    })
  }

  #first(table: string): RecordRef {
    const [row] = adminOf(this.#engine).findRecords({ table, offset: 0, limit: 1 }).rows
    if (!row) throw new Error(`A new environment has no ${table}`)
    return { table, id: row.id }
  }

  get engine(): Engine {
    return this.#engine
  }

  // ── Environment ────────────────────────────────────────────────────────────────────────────────

  /** As if the app were closed and started again. */
  reopen(): Engine {
    this.#engine.close()
    this.#engine = openEngine({ ...this.#given, mode: 'open' })
    return this.#engine
  }

  /** A second connection to the same file: another thread, or another user. */
  another(): Engine {
    const other = openEngine({ ...this.#given, mode: 'open' })
    onTestFinished(() => other.close())
    return other
  }

  // ── Rows in ────────────────────────────────────────────────────────────────────────────────────

  /** Rows in the order given; lookups may point forward, back, to themselves and in circles. Owners must be there before. */
  rows(rows: LabRows): this {
    const loader = adminOf(this.#engine).load()
    const rowOf = (label: string): LoadValue => {
      const { table, id } = this.refOf(label)
      return { table, row: loader.find(table, id) ?? 0 }
    }
    const later: (() => void)[] = []
    for (const [table, labels] of Object.entries(rows)) {
      const { primaryName, columns } = this.#engine.table(table)
      const types = new Map(columns.map(({ logicalName, type }) => [logicalName, type]))
      for (const [label, values] of Object.entries(labels)) {
        const isLookup = ([column, value]: [string, unknown]) => types.get(column) === 'Lookup' && typeof value === 'string'
        const lookups = Object.entries(values).filter(isLookup)
        const { ownerid, ...plain } = Object.fromEntries(Object.entries(values).filter((entry) => !isLookup(entry)))
        const owner = typeof ownerid === 'string' ? { ownerid: rowOf(ownerid) } : {}
        const ref = { table, id: this.#given.newId() }
        const row = loader.insert(table, ref.id, { [primaryName ?? 'name']: label, ...plain, ...owner })
        this.#refs.set(label, ref)
        if (lookups.length > 0)
          later.push(() => loader.update(table, row, Object.fromEntries(lookups.map(([column, to]) => [column, rowOf(String(to))]))))
      }
    }
    for (const point of later) point()
    loader.commit()
    return this
  }

  /** Adds an N:N link between two rows. */
  link(intersectTable: string, first: string, second: string): this {
    const loader = adminOf(this.#engine).load()
    const rowOf = (label: string) => loader.find(this.refOf(label).table, this.refOf(label).id) ?? 0
    loader.link(intersectTable, rowOf(first), rowOf(second))
    loader.commit()
    return this
  }

  /** What another user does between two steps of ours: through the verbs that any user has. */
  create(table: string, label: string, values: LabValues = {}, caller = 'admin'): RecordRef {
    const ref = this.#engine.as(caller).createRecord(table, { ...this.#input(table, values), name: label })
    this.#refs.set(label, ref)
    return ref
  }

  update(label: string, values: LabValues, caller = 'admin'): void {
    this.#engine.as(caller).updateRecord(this.refOf(label), this.#input(this.refOf(label).table, values))
  }

  #input(table: string, values: LabValues): RecordInput {
    const columns = new Map(this.#engine.table(table).columns.map(({ logicalName, type }) => [logicalName, type]))
    return Object.fromEntries(
      Object.entries(values).map(([column, value]) => [
        column,
        columns.get(column) === 'Lookup' && typeof value === 'string' ? this.refOf(value) : value,
      ]),
    )
  }

  refOf(label: string): RecordRef {
    const ref = this.#refs.get(label)
    if (!ref) throw new Error(`No row has the label ${label}`)
    return ref
  }

  // ── Rows out ───────────────────────────────────────────────────────────────────────────────────

  /** A column of every row of a table by label; lookups as labels, as ids where their row is gone. */
  column(table: string, column: string): Record<string, unknown> {
    return Object.fromEntries(this.#all(table).map((row) => [this.#labelOf(row), shown(row.values[column] ?? null)]))
  }

  /** Some columns of one row, shown as in `column`. */
  read(label: string, ...columns: string[]): Record<string, unknown> {
    const { values } = adminOf(this.#engine).getRecord(this.refOf(label))
    return Object.fromEntries(columns.map((column) => [column, shown(values[column] ?? null)]))
  }

  /** Labels of the rows that a table holds, in the order of creation. */
  labels(table: string): string[] {
    return this.#all(table).map((row) => this.#labelOf(row))
  }

  /** Everything that anybody can see: for asserting that nothing changed. */
  everything(): unknown {
    const { tables } = this.#engine.model()
    return {
      model: this.#engine.model(),
      rows: tables.map(({ logicalName }) => this.#all(logicalName)),
      jobs: adminOf(this.#engine).findJobs({ kind: 'cascade', limit: 1_000 }).jobs,
    }
  }

  #labelOf({ table, id, values }: RecordRow): string {
    return String(values[this.#engine.table(table).primaryName ?? ''] ?? id)
  }

  #all(table: string): RecordRow[] {
    return pagesOf(this.#engine, table)
  }

  // ── Cascades ───────────────────────────────────────────────────────────────────────────────────

  assign = (label: string, to: string): CascadeRequest => ({ operation: 'Assign', record: this.refOf(label), to })
  delete = (label: string): CascadeRequest => ({ operation: 'Delete', record: this.refOf(label) })
  merge = (subordinate: string, target: string, more: { content?: RecordInput; parentingCheck?: boolean } = {}): CascadeRequest => ({
    operation: 'Merge',
    target: this.refOf(target),
    subordinate: this.refOf(subordinate),
    ...more,
  })

  plan(request: CascadeRequest, mode: ModeChoice = 'Auto', caller = 'admin'): Preview {
    return this.#engine.as(caller).planCascade(request, mode)
  }

  /** Labels of a plan's rows by action, in the order of the plan. */
  planned(request: CascadeRequest): Partial<Record<string, string[]>> {
    const { planId } = this.plan(request)
    const labels: Partial<Record<string, string[]>> = {}
    for (const { action, record } of adminOf(this.#engine).findPlanRows({ planId, offset: 0, limit: 10_000 }).rows)
      (labels[action] ??= []).push(record.name ?? record.id)
    adminOf(this.#engine).discardPlan(planId)
    return labels
  }

  /** Plans and applies in one transaction; the answer is how many records that affected. */
  sync(request: CascadeRequest, caller = 'admin'): number {
    return this.#engine.as(caller).executeSync(this.plan(request, 'Sync', caller).planId).affected
  }

  /** The job of a cascade with its items written and nothing done yet. */
  job(request: CascadeRequest, caller = 'admin'): CascadeJob {
    const { planId } = this.plan(request, 'Async', caller)
    const { id } = this.#engine.as(caller).createJob(planId)
    this.#engine.prepareJob(id, planId)
    return adminOf(this.#engine).getJob(id).job as CascadeJob
  }

  /** One batch: the time given to the job is over at once. */
  batch({ id }: Pick<Job, 'id'>): Job {
    return runJob(this.#engine, id, 0)
  }

  /** Runs a job until nothing more happens by itself; time passes as far as a postponed one needs. */
  finish({ id }: Pick<Job, 'id'>): JobDetails {
    for (let { job } = adminOf(this.#engine).getJob(id); job.statecode === 0 || job.statecode === 2; job = this.batch(job))
      this.nowMs = Math.max(this.nowMs, job.postponeUntilMs ?? 0)
    return adminOf(this.#engine).getJob(id)
  }

  async(request: CascadeRequest, caller = 'admin'): JobDetails {
    return this.finish(this.job(request, caller))
  }
}

export const openLab = (model: LabModel, options?: LabOptions): Lab => new Lab(model, options)

/** What the user that the environment was made with can ask for, whatever they are called. */
export const adminOf = (engine: Engine): EngineUser => engine.as(engine.info().administratorId)

/** All rows of a table, a page at a time. */
export function pagesOf(engine: Engine, table: string): RecordRow[] {
  const rows: RecordRow[] = []
  for (let offset = 0; ; offset += 1_000) {
    const page = adminOf(engine).findRecords({ table, offset, limit: 1_000 })
    rows.push(...page.rows)
    if (rows.length >= page.total) return rows
  }
}

const shown = (value: FieldValue): unknown =>
  value !== null && typeof value === 'object' && 'id' in value ? (value.name ?? value.id) : value
