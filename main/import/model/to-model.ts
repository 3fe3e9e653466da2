import type {
  CascadeAction,
  ColumnDefinition,
  ColumnType,
  ModelDefinition,
  Ownership,
  RelationshipDefinition,
  TableDefinition,
} from '#engine/contract/tables'
import { CASCADE_ACTIONS } from '#engine/contract/tables'
import { completeCascade, relationshipKind } from '#engine/model/relationship-kinds'
import {
  activeStateOf,
  isMergeableByDefault,
  ownershipOfStub,
  primaryIdOf,
  primaryNameOfStub,
  standardTable,
} from '#engine/model/table-defaults'
import { findingText } from '#text/english/findings'
import { originText } from '#text/english/origins'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import type { Findings } from '../report/findings.ts'
import { fixedTargets } from './fixed-targets.ts'
import type { ReadModel, ReadRelationship, ReadTable } from './read-model.ts'

/** The shape of every logical name of the platform; other names are refused before they reach the store. */
const NAME = /^[a-z][a-z0-9_]{0,127}$/

/**
 * Completes what a source states to definitions: fills in what it leaves open from what is known of standard tables, and
 * reports each assumption. A table that is defined elsewhere becomes a stub with columns, so that it adds to what
 * is known and never overwrites it.
 */
export function toModel(read: ReadModel, source: string, origin: 'imported' | 'stub', findings: Findings): ModelDefinition {
  const usable = withUsableNames(read, findings)
  return {
    tables: distinctTables(usable.tables, findings).map((table) => toTable(table, source, findings)),
    relationships: distinctRelationships(usable.relationships, findings).map((relationship) =>
      toRelationship(relationship, source, origin, findings),
    ),
    manyToMany: usable.manyToMany.map((relation) => ({ ...relation, origin })),
  }
}

function withUsableNames(read: ReadModel, findings: Findings): ReadModel {
  const usable = (what: string, ...names: string[]) => {
    const wrong = names.find((name) => !NAME.test(name) || name.startsWith('sqlite_'))
    if (wrong !== undefined) findings.add('skipped', findingText.namesRefused, `${what} ${wrong.slice(0, 150)}`)
    return wrong === undefined
  }
  return {
    ...read,
    tables: read.tables
      .filter((table) => usable('table', table.logicalName))
      .map((table) => ({
        ...table,
        columns: table.columns.filter((column) => usable(`column ${table.logicalName}.`, column.logicalName)),
      })),
    relationships: read.relationships.filter((relationship) =>
      usable(`relationship ${relationship.schemaName}:`, relationship.referenced, relationship.referencing, relationship.attribute),
    ),
    manyToMany: read.manyToMany.filter((relation) =>
      usable(`relationship ${relation.schemaName}:`, relation.firstTable, relation.secondTable, relation.intersectTable),
    ),
  }
}

function distinctTables(tables: ReadTable[], findings: Findings): ReadTable[] {
  const byName = new Map<string, ReadTable>()
  for (const table of tables) {
    const known = byName.get(table.logicalName)
    if (known) findings.add('duplicate', findingText.tableTwice, table.logicalName)
    byName.set(table.logicalName, known ? united(known, table) : table)
  }
  return [...byName.values()]
}

function united(first: ReadTable, second: ReadTable): ReadTable {
  const columns = new Map(first.columns.map((column) => [column.logicalName, column]))
  for (const column of second.columns) columns.set(column.logicalName, column)
  const stated = Object.fromEntries(Object.entries(second).filter(([, value]) => value !== null))
  const extent = first.extent === 'whole' ? 'whole' : second.extent
  return { ...first, ...stated, extent, columns: [...columns.values()] }
}

function distinctColumns({ logicalName, columns }: ReadTable, findings: Findings): ColumnDefinition[] {
  const byName = new Map<string, ColumnDefinition>()
  for (const column of columns) {
    if (byName.has(column.logicalName)) findings.add('duplicate', findingText.columnTwice, `${logicalName}.${column.logicalName}`)
    byName.set(column.logicalName, column)
  }
  return [...byName.values()]
}

const noteOf = (extent: ReadTable['extent'], source: string): Message =>
  ({ whole: verbatim.text({ text: source }), part: originText.partly({ source }), schema: originText.listed({ source }) })[extent]

function toTable(read: ReadTable, source: string, findings: Findings): TableDefinition {
  const { logicalName } = read
  const isActivity = read.isActivity ?? standardTable(logicalName)?.isActivity ?? false
  const primaryId = usableName(read.primaryId) ?? primaryIdOf(logicalName, isActivity)
  const primaryName = usableName(read.primaryName) ?? (read.extent === 'whole' ? null : primaryNameOfStub(logicalName))
  return {
    logicalName,
    schemaName: read.schemaName,
    displayName: read.displayName,
    ownership: read.ownership ?? assumedOwnership(read, findings),
    mergeable: isMergeableByDefault(logicalName),
    activeState: activeStateOf(logicalName),
    primaryId,
    primaryName: primaryName === primaryId ? null : primaryName,
    isActivity,
    origin: read.extent === 'whole' ? 'imported' : 'stub',
    originNote: noteOf(read.extent, source),
    columns: distinctColumns(read, findings).map((column) => withPlatformType(column, logicalName, findings)),
  }
}

/** Returns the name if it can be the key or primary name of a table, which a column that every row has cannot. */
const usableName = (name: string | null): string | null => (name !== null && NAME.test(name) && !ROW_COLUMNS.has(name) ? name : null)

/** Returns the ownership of a table that states none: without an owner column, rows have no owner. Source: import formats, section 3.1. */
function assumedOwnership({ logicalName, extent }: ReadTable, findings: Findings): Ownership {
  const ownership = extent === 'whole' ? (standardTable(logicalName)?.ownership ?? 'OrganizationOwned') : ownershipOfStub(logicalName)
  if (extent === 'whole') findings.add('assumed', findingText.ownershipAssumed({ ownership }), logicalName)
  return ownership
}

const PLATFORM_TYPES = new Map<string, ColumnType>([
  ['ownerid', 'Owner'],
  ['owningbusinessunit', 'Lookup'],
  ['createdby', 'Lookup'],
  ['modifiedby', 'Lookup'],
  ['createdon', 'DateTime'],
  ['modifiedon', 'DateTime'],
  ['statecode', 'State'],
  ['statuscode', 'Status'],
])

const ROW_COLUMNS = new Set([...PLATFORM_TYPES.keys(), 'merged', 'masterid'])

/** Replaces the type of a column that every row has by the platform's, and reports a difference. */
function withPlatformType(column: ColumnDefinition, table: string, findings: Findings): ColumnDefinition {
  const type = PLATFORM_TYPES.get(column.logicalName)
  if (type === undefined || type === column.type) return column
  findings.add('conflict', findingText.columnTypeFixed({ type, listed: column.type }), `${table}.${column.logicalName}`)
  return { ...column, type }
}

function distinctRelationships(relationships: ReadRelationship[], findings: Findings): ReadRelationship[] {
  const byName = new Map<string, ReadRelationship>()
  for (const relationship of relationships) {
    const key = relationship.schemaName.toLowerCase()
    const known = byName.get(key)
    if (known) {
      const same = JSON.stringify({ ...known, schemaName: key }) === JSON.stringify({ ...relationship, schemaName: key })
      if (same) findings.add('duplicate', findingText.relationshipTwice, relationship.schemaName)
      else findings.add('conflict', findingText.relationshipTwiceDiffers, relationship.schemaName)
    }
    byName.set(key, known ? { ...relationship, cascade: { ...known.cascade, ...relationship.cascade } } : relationship)
  }
  return [...byName.values()]
}

/**
 * Returns whether an assumed cascade can change a result: roll-up views and archiving are not simulated, a merge needs a table that can be
 * merged, and nothing goes along the lookups of an owner.
 */
function matters(action: CascadeAction, { attribute, referenced }: ReadRelationship): boolean {
  if (action === 'RollupView' || action === 'Archive' || relationshipKind(attribute, referenced) === 'ownership') return false
  if (fixedTargets(attribute) !== undefined) return false
  return action !== 'Merge' || isMergeableByDefault(referenced)
}

function toRelationship(read: ReadRelationship, source: string, origin: 'imported' | 'stub', findings: Findings): RelationshipDefinition {
  const cascade = completeCascade(read.cascade, read)
  const stated = CASCADE_ACTIONS.filter((action) => read.cascade[action] !== undefined)
  for (const action of CASCADE_ACTIONS)
    if (origin === 'imported' && !stated.includes(action))
      findings.add(
        matters(action, read) ? 'assumed' : 'assumedIdle',
        findingText.cascadeAssumed({ action, type: cascade[action] }),
        read.schemaName,
      )
  if (read.hierarchical && read.referenced !== read.referencing) findings.add('designRule', findingText.notHierarchical, read.schemaName)
  const { schemaName, referenced, referencing, attribute } = read
  const hierarchical = read.hierarchical && referenced === referencing
  const kind = relationshipKind(attribute, referenced)
  return {
    schemaName,
    referenced,
    referencing,
    attribute,
    hierarchical,
    cascade,
    stated,
    kind,
    origin,
    originNote: noteOf('whole', source),
  }
}
