import type { CascadeAction, CascadeType } from '#engine/contract/tables'
import { CASCADE_ACTIONS } from '#engine/contract/tables'
import type { SourceInspection, SourceReport } from '#engine/contract/transfer'
import type { CmtPackage } from '../cmt/package-types.ts'
import type { ReadModel } from '../model/read-model.ts'

/** Counts what a source states, before anything is completed or merged. Source: import formats, section 10. */
export function modelReport(inspection: SourceInspection, model: ReadModel): SourceReport {
  const { tables, relationships, manyToMany } = model
  const own = new Set(tables.map((table) => table.logicalName))
  const named = new Set([
    ...relationships.flatMap(({ referenced, referencing }) => [referenced, referencing]),
    ...manyToMany.flatMap(({ firstTable, secondTable }) => [firstTable, secondTable]),
  ])
  const byColumn = Map.groupBy(relationships, ({ referencing, attribute }) => `${referencing}.${attribute}`)
  return {
    ...identity(inspection),
    tables: own.size,
    tablesWithColumns: countNames(tables.filter((table) => table.columns.length > 0)),
    tablesWithPrimaryKey: countNames(tables.filter((table) => table.primaryId !== null)),
    activities: countNames(tables.filter((table) => table.isActivity)),
    columns: tables.reduce((sum, table) => sum + table.columns.length, model.shadowColumns),
    oneToMany: relationships.length,
    manyToMany: manyToMany.length,
    hierarchical: relationships.filter((relationship) => relationship.hierarchical).length,
    selfReferencing: relationships.filter(({ referenced, referencing }) => referenced === referencing).length,
    polymorphicColumns: [...byColumn.values()].filter((group) => group.length > 1).length,
    cascades: Object.fromEntries(CASCADE_ACTIONS.map((action) => [action, countValues(action, model)])) as SourceReport['cascades'],
    cascadeNames: Object.fromEntries(CASCADE_ACTIONS.map((action) => [action, namesOf(action, model)])) as SourceReport['cascadeNames'],
    tableNames: [...own].sort(),
    externalTables: [...named].filter((name) => !own.has(name)).sort(),
    ...NO_DATA,
  }
}

const countNames = (tables: ReadModel['tables']): number => new Set(tables.map(({ logicalName }) => logicalName)).size

const identity = ({ path, format, name, version }: SourceInspection) => ({ path, format, name, version })

const NO_DATA = { records: 0, recordsByTable: {}, links: 0, linksToStubs: {}, manyToManyLinks: 0 }

function countValues(action: CascadeAction, { relationships }: ReadModel): Partial<Record<CascadeType | 'absent', number>> {
  const counts: Partial<Record<CascadeType | 'absent', number>> = {}
  for (const { cascade } of relationships) {
    const value = cascade[action] ?? 'absent'
    counts[value] = (counts[value] ?? 0) + 1
  }
  return counts
}

function namesOf(action: CascadeAction, { relationships }: ReadModel): Partial<Record<CascadeType, string[]>> {
  const names: Partial<Record<CascadeType, string[]>> = {}
  for (const { schemaName, cascade } of relationships) {
    const value = cascade[action]
    if (value !== undefined && value !== 'NoCascade') names[value] = [...(names[value] ?? []), schemaName]
  }
  return names
}

/** Counts what a data package states. It states no cascades, so its lookups do not count as relationships. */
export function packageReport(inspection: SourceInspection, model: ReadModel, data: CmtPackage): SourceReport {
  const present = new Map(data.data.map((table) => [table.name, new Set(table.records.map((record) => record.id.toLowerCase()))]))
  const outside: Record<string, number> = {}
  let links = 0
  for (const table of data.data) {
    for (const { value, target } of table.records.flatMap((record) => record.values)) {
      if (target === undefined || value === '') continue
      links++
      if (!present.get(target)?.has(value.toLowerCase())) outside[target] = (outside[target] ?? 0) + 1
    }
  }
  return {
    ...modelReport(inspection, { ...model, relationships: [] }),
    externalTables: [...new Set(model.relationships.map(({ referenced }) => referenced))]
      .filter((name) => !model.tables.some((table) => table.logicalName === name))
      .sort(),
    records: data.data.reduce((sum, table) => sum + table.records.length, 0),
    recordsByTable: Object.fromEntries(data.data.map((table) => [table.name, table.records.length])),
    links,
    linksToStubs: outside,
    manyToManyLinks: data.data.reduce((sum, table) => sum + table.links.length, 0),
  }
}
