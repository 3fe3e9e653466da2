import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Engine, openEngine } from '#engine'
import type { EngineOptions } from '#engine/contract/engine'
import type { PluginManifest } from '#engine/contract/plugins'
import type { ModelDefinition } from '#engine/contract/tables'
import { NO_CASCADE } from '#engine/model/system-model'
import { Connection } from '#engine/store/connection'
import { sha256 } from '#engine/store/content-hash'
import { writePlugin } from '#engine/store/plugins'

/** A small environment with something of everything, which attacks change by hand. */

export const START_MS = Date.UTC(2026, 0, 31, 12)

/** The key of the user who made the example, and that of another. */
export const OWN_KEY = '0a'.repeat(32)
export const OTHER_KEY = '0b'.repeat(32)

/** Ids that tell their order, beginning with this one. */
export function idsFrom(first: number): () => string {
  let ids = first
  return () => `00000000-0000-7000-8000-${String(ids++).padStart(12, '0')}`
}

export const optionsFor = (path: string, given: Partial<EngineOptions> = {}): EngineOptions => ({
  path,
  mode: 'open',
  now: () => START_MS,
  newId: idsFrom(1_000_000),
  agreementKey: OWN_KEY,
  ...given,
})

const column = (logicalName: string, type: ModelDefinition['tables'][number]['columns'][number]['type']) => ({
  logicalName,
  displayName: null,
  type,
  sourceType: null,
  requiredLevel: 'None' as const,
  maxLength: null,
  options:
    type === 'Status'
      ? [
          { value: 1, label: 'Active', state: 0 },
          { value: 2, label: 'Inactive', state: 1 },
        ]
      : [],
})

const table = (logicalName: string, columns: ModelDefinition['tables'][number]['columns']): ModelDefinition['tables'][number] => ({
  logicalName,
  schemaName: logicalName,
  displayName: null,
  ownership: 'UserOwned',
  mergeable: logicalName === 'account',
  activeState: 0,
  primaryId: `${logicalName}id`,
  primaryName: 'name',
  isActivity: false,
  origin: 'declared',
  originNote: null,
  columns: [column('name', 'String'), column('statuscode', 'Status'), ...columns],
})

const relationship = (referenced: string, referencing: string, attribute: string): ModelDefinition['relationships'][number] => ({
  schemaName: `${referenced}_${referencing}_${attribute}`,
  referenced,
  referencing,
  attribute,
  hierarchical: referenced === referencing,
  cascade: { ...NO_CASCADE, Assign: 'Cascade', Delete: 'Cascade', Merge: referenced === 'account' ? 'Cascade' : 'NoCascade' },
  stated: ['Assign', 'Delete'],
  kind: 'data',
  origin: 'declared',
  originNote: null,
})

const MODEL: ModelDefinition = {
  tables: [
    table('account', [
      column('revenue', 'Money'),
      column('isgood', 'Boolean'),
      column('since', 'DateTime'),
      column('colours', 'MultiChoice'),
      column('employees', 'Integer'),
    ]),
    table('contact', []),
    table('list', []),
  ],
  relationships: [
    relationship('account', 'contact', 'parentcustomerid'),
    relationship('contact', 'contact', 'parentcustomerid'),
    relationship('account', 'account', 'parentaccountid'),
  ],
  manyToMany: [
    { schemaName: 'account_list', intersectTable: 'accountlist', firstTable: 'account', secondTable: 'list', origin: 'declared' },
  ],
}

export const PLUGIN: PluginManifest = {
  name: 'watch',
  version: '1.0.0',
  apiVersion: 1,
  permissions: [],
  steps: [
    {
      ordinal: 0,
      message: 'Update',
      table: 'account',
      stage: 'PreOperation',
      mode: 'Sync',
      rank: 1,
      filteringAttributes: ['name'],
      preImage: ['name'],
      postImage: null,
      runAs: 'CallingUser',
    },
  ],
}

const MODULE = `export default { name: 'watch', version: '1.0.0', apiVersion: 1,
  steps: [{ message: 'Update', table: 'account', stage: 'PreOperation', filteringAttributes: ['name'], preImage: ['name'], handler() {} }] }`

/** Makes the example: records in a tree, N:N links, a job of each state, a disabled plug-in, runs in the trace log. Closed when this returns. */
export function makeExample(path: string, { agreementKey = OWN_KEY }: Pick<EngineOptions, 'agreementKey'> = {}): void {
  const engine = openEngine(optionsFor(path, { mode: 'create', newId: idsFrom(1), agreementKey }))
  try {
    engine.applyModel(MODEL)
    fill(engine)
    makeJobs(engine)
  } finally {
    engine.close()
  }
  installPlugin(path)
}

function fill(engine: Engine): void {
  const admin = engine.info().administratorId
  const loader = engine.as(admin).load()
  const [unit = 0] = loader.rows('businessunit')
  const ids = idsFrom(100)
  const alice = loader.insert('systemuser', ids(), { fullname: 'alice', businessunitid: { table: 'businessunit', row: unit } })
  const list = loader.insert('list', ids(), { name: 'list' })
  for (let at = 0; at < 8; at++) {
    const account = loader.insert('account', ids(), {
      name: `account ${at}`,
      revenue: 10.5 * at,
      isgood: at % 2 === 0,
      since: START_MS,
      colours: [1, 2],
      employees: at,
      ownerid: { table: 'systemuser', row: alice },
    })
    loader.link('accountlist', account, list)
    for (let child = 0; child < 6; child++)
      loader.insert('contact', ids(), { name: `contact ${at}.${child}`, parentcustomerid: { table: 'account', row: account } })
  }
  loader.commit()
}

/** Leaves a job that waits, one that is under way, one that is paused and one that is completed. */
function makeJobs(engine: Engine): void {
  const admin = engine.as(engine.info().administratorId)
  const { rows } = admin.findRecords({ table: 'account', offset: 0, limit: 8 })
  engine.changeSettings({ batchSize: 2, maxAttempts: 1, retryDelaySeconds: 0 })
  const start = (at: number) => {
    const { id, table } = rows[at] ?? { id: '', table: '' }
    const { planId } = admin.planCascade({ operation: 'Assign', record: { table, id }, to: 'admin' }, 'Async')
    const job = admin.createJob(planId)
    engine.prepareJob(job.id, planId)
    return job.id
  }
  const completed = start(0)
  while (engine.jobState(completed).statecode !== 3) void engine.runJob(completed, 0)
  const paused = start(1)
  while (engine.jobState(paused).statecode !== 1) void engine.runJob(paused, 0, { failBatch: 1 })
  void engine.runJob(start(2), 0)
  start(3)
}

function installPlugin(path: string): void {
  const db = new Database(path)
  const connection = new Connection(db)
  const number = writePlugin(connection, {
    manifest: PLUGIN,
    pluginPackage: {
      source: 'inline module',
      origin: null,
      entry: 'index.js',
      files: [{ path: 'index.js', content: MODULE, sha256: sha256(MODULE) }],
      configuration: '',
    },
    isEnabled: false,
    isDeveloped: false,
    agreement: null,
    nowMs: START_MS,
  })
  db.prepare(
    `INSERT INTO _step_run (step, depth, correlation, user, startedon, duration_us, outcome, is_committed, trace, input)
     VALUES ((SELECT number FROM _step WHERE plugin = ?), 1, randomblob(16), 2, ?, 10, 'done', 1, 'trace', '{}')`,
  ).run(number, START_MS)
  connection.close()
}

/**
 * Changes a closed environment by hand, as somebody with a tool for SQLite can: constraints, types and the schema's own table are no
 * obstacle. The log is gone afterwards.
 */
export function changeByHand(path: string, change: (db: Database.Database) => void): void {
  const db = new Database(path)
  try {
    db.unsafeMode(true)
    db.pragma('foreign_keys = OFF')
    db.pragma('ignore_check_constraints = ON')
    change(db)
  } finally {
    db.close()
  }
}

/** Writes a value that its STRICT table would refuse: the table is not STRICT while it is written. */
export function forceValue(
  path: string,
  tableName: string,
  columnName: string,
  value: string | number | bigint | Buffer | null,
  where = '1',
): void {
  const setSql = (sql: string) =>
    changeByHand(path, (db) => {
      db.pragma('writable_schema = ON')
      db.prepare(`UPDATE sqlite_schema SET sql = ? WHERE name = ?`).run(sql, tableName)
      db.pragma(`schema_version = ${Number(db.pragma('schema_version', { simple: true })) + 1}`)
    })
  const before = sqlOf(path, tableName)
  // The columns' own types convert what can be converted, and constraints refuse the rest.
  const loose = before
    .replace(/\) STRICT/, ')')
    .replaceAll(/\b(INTEGER|REAL|TEXT)\b(?! PRIMARY KEY)/g, 'BLOB')
    .replaceAll('NOT NULL', '')
  setSql(loose)
  try {
    changeByHand(path, (db) => db.prepare(`UPDATE OR IGNORE "${tableName}" SET "${columnName}" = ? WHERE ${where}`).run(value))
  } finally {
    setSql(before)
  }
}

function sqlOf(path: string, name: string): string {
  let sql = ''
  changeByHand(path, (db) => {
    const found = db.prepare<[string], { sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?').get(name)
    if (!found) throw new Error(`The example has no ${name}`)
    sql = found.sql
  })
  return sql
}

/** Returns the bytes of the example, to be written wherever it is needed. */
export function exampleBytes(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-example-'))
  try {
    makeExample(examplePath(folder))
    return readFileSync(examplePath(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const writeExample = (path: string, bytes: Buffer): void => writeFileSync(path, bytes)

export const bytesOf = (path: string): Buffer => readFileSync(path)

export const examplePath = (folder: string): string => join(folder, 'example.cascade')
