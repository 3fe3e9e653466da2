import { v7 } from 'uuid'
import type { PluginPackage, PluginRuntime } from '#engine/contract/plugin-runtime'
import type { TableDefinition } from '#engine/contract/tables'
import { ADMIN_NAME, column, completeTable } from '#engine/model/system-model'
import { activeStateOf, isMergeableByDefault, primaryIdOf, standardTable } from '#engine/model/table-defaults'
import { originText } from '#text/english/origins'
import type { InlineWorkbench } from '../workbench/index.ts'

/** The tables, columns and users that a plug-in's steps name. */
export interface NamedByPlugin {
  /** Columns by table. */
  tables: Map<string, Set<string>>
  users: Set<string>
}

const LIMITS = { timeMs: 10_000, memoryMegabytes: 64 }
const LOGICAL_NAME = /^[a-z][a-z0-9_]{0,127}$/

/**
 * Returns what a plug-in's steps name. Returns nothing for a module of the wrong shape, because its check reports why.
 * @throws PLUGIN_INVALID if the module cannot be evaluated
 */
export function namesIn(pluginPackage: PluginPackage, runtime: PluginRuntime): NamedByPlugin {
  const named: NamedByPlugin = { tables: new Map(), users: new Set() }
  const definition = definitionIn(pluginPackage, runtime)
  const steps = isObject(definition) && Array.isArray(definition.steps) ? definition.steps.filter(isObject) : []
  for (const { table, filteringAttributes, preImage, postImage, runAs } of steps) {
    if (typeof runAs === 'string' && runAs !== 'CallingUser' && runAs !== 'System') named.users.add(runAs)
    if (!isLogicalName(table)) continue
    const columns = named.tables.get(table) ?? new Set()
    for (const names of [filteringAttributes, preImage, postImage])
      for (const name of Array.isArray(names) ? names.filter(isLogicalName) : []) columns.add(name)
    named.tables.set(table, columns)
  }
  return named
}

function definitionIn(pluginPackage: PluginPackage, runtime: PluginRuntime): unknown {
  const loaded = runtime.load(pluginPackage, [], LIMITS)
  loaded.dispose()
  return loaded.definition
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isLogicalName = (value: unknown): value is string => typeof value === 'string' && LOGICAL_NAME.test(value)

/** Declares the tables and columns that the model lacks. Returns their names. */
export async function declareTables(workbench: InlineWorkbench, { tables }: NamedByPlugin): Promise<string[]> {
  const added: string[] = []
  const model = workbench.model()
  const declared = [...tables].flatMap(([name, columns]) => {
    const known = model.tables.find(({ logicalName }) => logicalName === name)
    const table = known ?? emptyTable(name)
    const missing = [...columns].filter(
      (each) => !table.columns.some(({ logicalName }) => logicalName === each) && each !== table.primaryId,
    )
    if (known === undefined) added.push(`table ${name}`)
    added.push(...missing.map((each) => `${name}.${each}`))
    return known !== undefined && missing.length === 0
      ? []
      : [{ ...table, columns: [...table.columns, ...missing.map((each) => column(each, 'String'))] }]
  })
  if (declared.length > 0) await workbench.applyModel({ tables: declared, relationships: [], manyToMany: [] })
  return added
}

function emptyTable(name: string): TableDefinition {
  const standard = standardTable(name)
  return completeTable({
    logicalName: name,
    schemaName: name,
    displayName: null,
    ownership: standard?.ownership ?? 'UserOwned',
    mergeable: isMergeableByDefault(name),
    activeState: activeStateOf(name),
    primaryId: primaryIdOf(name, standard?.isActivity ?? false),
    primaryName: standard?.primaryName ?? null,
    isActivity: standard?.isActivity ?? false,
    origin: 'declared',
    originNote: originText.plugin,
    columns: [],
  })
}

/** Adds the missing users that steps run as. Returns their names. */
export function addUsers(workbench: InlineWorkbench, { users }: NamedByPlugin): string[] {
  const added = [...users].filter((user) => user !== ADMIN_NAME)
  const loader = workbench.atOnce(workbench.info().administratorId).load()
  for (const fullname of added) loader.insert('systemuser', v7(), { fullname })
  loader.commit()
  return added.map((user) => `user ${user}`)
}
