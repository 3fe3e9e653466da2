import { originText } from '#text/english/origins'
import type { ColumnDefinition, ModelDefinition, RelationshipDefinition, TableDefinition } from '../contract/tables.ts'
import { column } from './system-model.ts'
import { activeStateOf, isMergeableByDefault, ownershipOfStub, primaryIdOf, primaryNameOfStub, standardTable } from './table-defaults.ts'

/**
 * Adds what a model refers to and nobody defines: a stub for each missing table, and the lookup column of each
 * relationship that no table lists. Source: import formats, sections 8 and 10.
 */
export function completeReferences(
  model: ModelDefinition,
  existing: ModelDefinition,
  onAddedColumn: (relationship: RelationshipDefinition) => void = () => {},
): ModelDefinition {
  const known = new Map(existing.tables.map((table) => [table.logicalName, table]))
  const tables = new Map(model.tables.map((table) => [table.logicalName, { ...table, columns: [...table.columns] }]))
  const tableFor = (name: string): TableDefinition => {
    const table = tables.get(name) ?? stubOf(name, known.get(name))
    tables.set(name, table)
    return table
  }
  const described = new Set(model.tables.filter(({ columns }) => columns.length > 0).map(({ logicalName }) => logicalName))
  for (const { firstTable, secondTable } of model.manyToMany) {
    tableFor(firstTable)
    tableFor(secondTable)
  }
  for (const relationship of model.relationships) {
    tableFor(relationship.referenced)
    const isNew = addLookupColumn(tableFor(relationship.referencing), relationship, known)
    if (isNew && described.has(relationship.referencing) && relationship.origin === 'imported') onAddedColumn(relationship)
  }
  return { ...model, tables: [...tables.values()] }
}

export function stubOf(logicalName: string, known?: TableDefinition): TableDefinition {
  const isActivity = known?.isActivity ?? standardTable(logicalName)?.isActivity ?? false
  return {
    logicalName,
    schemaName: known?.schemaName ?? logicalName,
    displayName: known?.displayName ?? null,
    ownership: known?.ownership ?? ownershipOfStub(logicalName),
    mergeable: known?.mergeable ?? isMergeableByDefault(logicalName),
    activeState: known?.activeState ?? activeStateOf(logicalName),
    primaryId: known?.primaryId ?? primaryIdOf(logicalName, isActivity),
    primaryName: known ? known.primaryName : primaryNameOfStub(logicalName),
    isActivity,
    origin: 'stub',
    originNote: originText.referredTo,
    columns: [],
  }
}

/** Adds the lookup column of a relationship. Returns whether no source has described the column. */
function addLookupColumn(
  table: TableDefinition,
  { attribute, referencing }: RelationshipDefinition,
  known: Map<string, TableDefinition>,
): boolean {
  const isListed = (columns: ColumnDefinition[] | undefined) => columns?.some((column) => column.logicalName === attribute) ?? false
  if (isListed(table.columns)) {
    table.columns = table.columns.map((each) => (each.logicalName === attribute ? asLookup(each, table) : each))
    return false
  }
  if (isListed(known.get(referencing)?.columns)) return false
  table.columns.push(column(attribute, attribute === 'ownerid' ? 'Owner' : 'Lookup'))
  return true
}

/**
 * Returns the column as a lookup. Some lookups, such as the stage of a process, are listed as a plain GUID, and only a relationship
 * shows that they are lookups.
 */
const asLookup = (listed: ColumnDefinition, table: TableDefinition): ColumnDefinition =>
  listed.type === 'Uniqueidentifier' && listed.logicalName !== table.primaryId ? { ...listed, type: 'Lookup' } : listed
