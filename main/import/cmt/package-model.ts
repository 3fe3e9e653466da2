import type { ColumnType } from '#engine/contract/tables'
import { newColumn } from '../model/column.ts'
import { fixedTargets } from '../model/fixed-targets.ts'
import type { ReadModel, ReadRelationship, ReadTable } from '../model/read-model.ts'
import type { CmtField, CmtPackage, CmtTable } from './package-types.ts'

const TYPES: Record<string, ColumnType> = {
  string: 'String',
  entityreference: 'Lookup',
  owner: 'Owner',
  partylist: 'PartyList',
  number: 'Integer',
  bigint: 'BigInt',
  decimal: 'Decimal',
  float: 'Double',
  money: 'Money',
  bool: 'Boolean',
  datetime: 'DateTime',
  optionsetvalue: 'Choice',
  optionsetvaluecollection: 'MultiChoice',
  state: 'State',
  status: 'Status',
  guid: 'Uniqueidentifier',
  imagedata: 'Image',
  filedata: 'File',
}

/**
 * Reads the model from a package's schema: tables, columns and the targets of lookups. Its relationships state no cascade types,
 * so those of any other source take precedence. Source: import formats, section 6.1.
 */
export function packageModel({ schema, data }: CmtPackage): ReadModel {
  const tables = new Map(schema.map((table) => [table.name, toTable(table)]))
  const relationships = new Map<string, ReadRelationship>()
  const addTarget = (table: string, field: string, target: string) => {
    if (fixedTargets(field)) return
    const schemaName = `data_${table}_${field}_${target}`
    relationships.set(schemaName, {
      schemaName,
      referenced: target,
      referencing: table,
      attribute: field,
      hierarchical: false,
      cascade: {},
      embeddedColumn: null,
    })
  }
  for (const table of schema)
    for (const field of table.fields) for (const target of field.targets) addTarget(table.name, field.name, target)
  for (const { name, records } of data) {
    const table = tables.get(name) ?? toTable({ name, displayName: null, primaryId: null, primaryName: null, fields: [], manyToMany: [] })
    tables.set(name, table)
    const listed = new Set(table.columns.map((column) => column.logicalName))
    for (const { field, target, value, parties } of records.flatMap((record) => record.values)) {
      if (target && value) addTarget(name, field, target)
      if (listed.has(field)) continue
      listed.add(field)
      table.columns.push(newColumn(field, parties ? 'PartyList' : target ? 'Lookup' : 'String', { sourceType: 'not in the schema' }))
    }
  }
  return { tables: [...tables.values()], relationships: [...relationships.values()], manyToMany: manyToManyOf(schema), shadowColumns: 0 }
}

function toTable(table: CmtTable): ReadTable {
  return {
    logicalName: table.name,
    schemaName: table.name,
    displayName: table.displayName,
    ownership: table.fields.some(({ type }) => type === 'owner') ? 'UserOwned' : null,
    primaryId: table.primaryId,
    primaryName: table.primaryName,
    isActivity: table.primaryId === 'activityid' ? true : null,
    columns: table.fields.map(toColumn),
    extent: 'schema',
  }
}

function toColumn({ name, displayName, type, targets }: CmtField) {
  const isCustomer = targets.length === 2 && targets.includes('account') && targets.includes('contact')
  return newColumn(name, isCustomer ? 'Customer' : Object.hasOwn(TYPES, type) ? (TYPES[type] ?? 'Opaque') : 'Opaque', {
    displayName,
    sourceType: type,
  })
}

function manyToManyOf(schema: CmtTable[]): ReadModel['manyToMany'] {
  const byIntersect = new Map<string, ReadModel['manyToMany'][number]>()
  for (const table of schema) {
    for (const { name, intersectTable, target } of table.manyToMany) {
      if (!byIntersect.has(intersectTable))
        byIntersect.set(intersectTable, { schemaName: name, intersectTable, firstTable: table.name, secondTable: target })
    }
  }
  return [...byIntersect.values()]
}
