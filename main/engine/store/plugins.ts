import type { z } from 'zod'
import type { PluginPackage } from '../contract/plugin-runtime.ts'
import type { Permission, PluginFile, PluginManifest, PluginStep, StepUser } from '../contract/plugins.ts'
import { checkedRow, checkedRows } from './checked-rows.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
import { contentHashOf, sha256, summaryOf } from './content-hash.ts'
import { bytesToGuid, guidToBytes } from './guid.ts'
import { fileRow, pluginRow, stepRow } from './plugin-shapes.ts'
import { contentInvalid } from './unusable.ts'

/** An installed plug-in without the text of its files. */
export interface StoredPlugin {
  number: number
  name: string
  version: string
  apiVersion: number
  isEnabled: boolean
  isDeveloped: boolean
  permissions: Permission[]
  configuration: string
  source: string
  origin: string | null
  entry: string
  /** Computed from the stored files. */
  contentHash: string
  agreement: string | null
  installedOnMs: number
  updatedOnMs: number
  /** In the plug-in's own order. */
  steps: PluginStep[]
  /** The stored steps as one text, which changes with any of their columns. A renamed or removed user is still the one that a step names. */
  registration: string
  files: { path: string; sha256: string; characters: number }[]
}

export interface NewPlugin {
  manifest: PluginManifest
  pluginPackage: PluginPackage
  isEnabled: boolean
  isDeveloped: boolean
  agreement: string | null
  nowMs: number
}

type PluginRow = z.infer<typeof pluginRow>
type StepRow = z.infer<typeof stepRow>
type FileRow = z.infer<typeof fileRow>
type StoredPluginRow = z.input<typeof pluginRow>
type StoredStepRow = z.input<typeof stepRow>

const statements = statementsOnce((connection: Connection) => ({
  version: connection.statement<[], { value: number }>(`SELECT value FROM _counter WHERE name = 'plugin_version'`),
  raiseVersion: connection.statement<[]>(`UPDATE _counter SET value = value + 1 WHERE name = 'plugin_version'`),
  plugins: connection.statement<[], object>('SELECT * FROM _plugin ORDER BY name'),
  plugin: connection.statement<[number], object>('SELECT * FROM _plugin WHERE number = ?'),
  steps: connection.statement<[], object>(`
    SELECT s.*, u.systemuserid AS user_guid, u.fullname AS user_name
    FROM _step s LEFT JOIN systemuser u ON u.${ROW} = s.run_as_user
    WHERE s.plugin IS NOT NULL ORDER BY s.plugin, s.ordinal`),
  files: connection.statement<[], object>('SELECT * FROM _plugin_file ORDER BY plugin, path'),
  filesOf: connection.statement<[number], object>('SELECT * FROM _plugin_file WHERE plugin = ? ORDER BY path'),
  put: connection.statement<Omit<StoredPluginRow, 'number' | 'installedon'>, { number: number }>(`
    INSERT INTO _plugin (name, version, api_version, is_enabled, is_developed, permissions, configuration, source, origin, entry, agreement, installedon, updatedon)
    VALUES (:name, :version, :api_version, :is_enabled, :is_developed, :permissions, :configuration, :source, :origin, :entry, :agreement, :updatedon, :updatedon)
    ON CONFLICT (name) DO UPDATE SET
      version = excluded.version, api_version = excluded.api_version, is_enabled = excluded.is_enabled, is_developed = excluded.is_developed,
      permissions = excluded.permissions, configuration = excluded.configuration, source = excluded.source, origin = excluded.origin,
      entry = excluded.entry, agreement = excluded.agreement, updatedon = excluded.updatedon
    RETURNING number`),
  putFile: connection.statement<FileRow>('INSERT INTO _plugin_file (plugin, path, content) VALUES (:plugin, :path, :content)'),
  putStep: connection.statement<Omit<StoredStepRow, 'number' | 'user_name' | 'run_as_user'>>(`
    INSERT INTO _step (plugin, plugin_name, plugin_version, ordinal, message, table_name, stage, mode, rank, filtering_attributes, pre_image, post_image, run_as, run_as_user)
    VALUES (:plugin, :plugin_name, :plugin_version, :ordinal, :message, :table_name, :stage, :mode, :rank, :filtering_attributes, :pre_image, :post_image, :run_as,
      (SELECT ${ROW} FROM systemuser WHERE systemuserid = :user_guid))`),
  /** Keeps the steps for the trace log, which still refers to them. */
  leaveSteps: connection.statement<[number]>('UPDATE _step SET plugin = NULL WHERE plugin = ?'),
  deleteFiles: connection.statement<[number]>('DELETE FROM _plugin_file WHERE plugin = ?'),
  delete: connection.statement<[number]>('DELETE FROM _plugin WHERE number = ?'),
  setEnabled: connection.statement<[number, number]>('UPDATE _plugin SET is_enabled = ? WHERE number = ?'),
  setDeveloped: connection.statement<[number, number]>('UPDATE _plugin SET is_developed = ? WHERE number = ?'),
  setAgreement: connection.statement<[string | null, number]>('UPDATE _plugin SET agreement = ? WHERE number = ?'),
}))

type Statements = ReturnType<typeof statements>

/** Returns a number that rises with each change of plug-ins on any connection. */
export function pluginVersion(connection: Connection): number {
  return statements(connection).version.get()?.value ?? 0
}

/** Returns the installed plug-ins, sorted by name. @throws ENVIRONMENT_UNUSABLE if a row of theirs is not one that was written here */
export function readPlugins(connection: Connection): StoredPlugin[] {
  const sql = statements(connection)
  const steps = Map.groupBy(checkedRows(connection, '_step', stepRow, sql.steps.all()), ({ plugin }) => plugin)
  const files = Map.groupBy(checkedRows(connection, '_plugin_file', fileRow, sql.files.all()), ({ plugin }) => plugin)
  return checkedRows(connection, '_plugin', pluginRow, sql.plugins.all()).map((row) => {
    const own = steps.get(row.number) ?? []
    const other = own.find((step) => step.plugin_name !== row.name)
    if (other) throw contentInvalid(connection, '_step', 'plugin_name', other.plugin_name)
    return toPlugin(row, own, files.get(row.number) ?? [])
  })
}

/** Returns the package of an installed plug-in. */
export function readPluginPackage(connection: Connection, number: number): PluginPackage {
  const sql = statements(connection)
  const found = sql.plugin.get(number)
  if (!found) throw new Error(`There is no plug-in number ${number}`)
  const { source, origin, entry, configuration } = checkedRow(connection, '_plugin', pluginRow, found)
  const files = checkedRows(connection, '_plugin_file', fileRow, sql.filesOf.all(number)).map(
    ({ path, content }): PluginFile => ({ path, content, sha256: sha256(content) }),
  )
  return { source, origin, entry, configuration, files }
}

/** Installs a plug-in, or replaces the one of the same name. Its steps get new numbers in either case. Returns the plug-in's number. */
export function writePlugin(connection: Connection, plugin: NewPlugin): number {
  return change(connection, (sql) => {
    const number = sql.put.get(toRow(plugin))?.number
    if (number === undefined) throw new Error(`The plug-in ${plugin.manifest.name} has got no number`)
    sql.deleteFiles.run(number)
    sql.leaveSteps.run(number)
    for (const { path, content } of plugin.pluginPackage.files) sql.putFile.run({ plugin: number, path, content })
    for (const step of plugin.manifest.steps) sql.putStep.run(toStepRow(number, plugin.manifest, step))
    return number
  })
}

export function setPluginEnabled(connection: Connection, number: number, isEnabled: boolean): void {
  change(connection, (sql) => sql.setEnabled.run(Number(isEnabled), number))
}

export function setPluginDeveloped(connection: Connection, number: number, isDeveloped: boolean): void {
  change(connection, (sql) => sql.setDeveloped.run(Number(isDeveloped), number))
}

export function setAgreement(connection: Connection, number: number, agreement: string | null): void {
  change(connection, (sql) => sql.setAgreement.run(agreement, number))
}

/** Deletes a plug-in. Its steps stay for the trace log. */
export function deletePlugin(connection: Connection, number: number): void {
  change(connection, (sql) => {
    sql.leaveSteps.run(number)
    sql.deleteFiles.run(number)
    sql.delete.run(number)
  })
}

function change<T>(connection: Connection, apply: (sql: Statements) => T extends PromiseLike<unknown> ? never : T): T {
  const result = connection.write<T>(() => {
    const sql = statements(connection)
    sql.raiseVersion.run()
    return apply(sql)
  })
  connection.pluginsChanged()
  return result
}

function toPlugin(row: PluginRow, steps: StepRow[], rows: FileRow[]): StoredPlugin {
  const files = summaryOf(rows)
  const { number, name, version, configuration, source, origin, entry, agreement } = row
  return {
    number,
    name,
    version,
    apiVersion: row.api_version,
    isEnabled: row.is_enabled === 1,
    isDeveloped: row.is_developed === 1,
    permissions: row.permissions,
    configuration,
    source,
    origin,
    entry,
    contentHash: contentHashOf({ entry, configuration, files }),
    agreement,
    installedOnMs: row.installedon,
    updatedOnMs: row.updatedon,
    steps: steps.map(toStep),
    registration: registrationOf(steps),
    files,
  }
}

/** Numbers of steps and versions of plug-ins are left out: they decide nothing. */
const registrationOf = (steps: StepRow[]): string =>
  JSON.stringify(
    steps.map((row) => [
      row.ordinal,
      row.message,
      row.table_name,
      row.stage,
      row.mode,
      row.rank,
      row.filtering_attributes,
      row.pre_image,
      row.post_image,
      row.run_as,
      row.run_as_user,
    ]),
  )

const toStep = (row: StepRow): PluginStep => ({
  number: row.number,
  plugin: row.plugin_name,
  ordinal: row.ordinal,
  message: row.message,
  table: row.table_name,
  stage: row.stage,
  mode: row.mode,
  rank: row.rank,
  filteringAttributes: row.filtering_attributes,
  preImage: row.pre_image,
  postImage: row.post_image,
  runAs: runAsOf(row),
})

function runAsOf({ run_as, user_guid, user_name }: StepRow): StepUser {
  if (user_guid === null && (run_as === 'CallingUser' || run_as === 'System')) return run_as
  return user_guid === null ? { id: null, name: run_as } : { id: bytesToGuid(user_guid), name: user_name ?? '' }
}

const toRow = ({ manifest, pluginPackage, isEnabled, isDeveloped, agreement, nowMs }: NewPlugin) => ({
  name: manifest.name,
  version: manifest.version,
  api_version: manifest.apiVersion,
  is_enabled: Number(isEnabled),
  is_developed: Number(isDeveloped),
  permissions: JSON.stringify(manifest.permissions),
  configuration: pluginPackage.configuration,
  source: pluginPackage.source,
  origin: pluginPackage.origin,
  entry: pluginPackage.entry,
  agreement,
  updatedon: nowMs,
})

const toStepRow = (plugin: number, { name, version }: PluginManifest, step: PluginManifest['steps'][number]) => ({
  plugin,
  plugin_name: name,
  plugin_version: version,
  ordinal: step.ordinal,
  message: step.message,
  table_name: step.table,
  stage: step.stage,
  mode: step.mode,
  rank: step.rank,
  filtering_attributes: toJson(step.filteringAttributes),
  pre_image: toJson(step.preImage),
  post_image: toJson(step.postImage),
  run_as: typeof step.runAs === 'string' ? step.runAs : step.runAs.name,
  user_guid: typeof step.runAs === 'string' || step.runAs.id === null ? null : guidToBytes(step.runAs.id),
})

const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
