import type { RecordFilter } from '#engine/contract/records'
import type { ColumnDefinition, ColumnType, ModelDefinition, TableDefinition } from '#engine/contract/tables'

export const isLookup = (type: ColumnType): boolean => type === 'Lookup' || type === 'Customer' || type === 'Owner'
export const isNumber = (type: ColumnType): boolean => ['Integer', 'BigInt', 'Decimal', 'Double', 'Money'].includes(type)
const isChoice = (type: ColumnType): boolean => type === 'Choice' || type === 'State' || type === 'Status'

/** Columns that cannot be edited: keys, and columns that the store maintains. The owner changes by Assign. */
const KEPT_BY_STORE = [
  'createdon',
  'modifiedon',
  'createdby',
  'modifiedby',
  'owningbusinessunit',
  'owninguser',
  'owningteam',
  'merged',
  'masterid',
]

export const isEditable = (table: TableDefinition, column: ColumnDefinition): boolean =>
  column.logicalName !== table.primaryId &&
  !KEPT_BY_STORE.includes(column.logicalName) &&
  !['Owner', 'Uniqueidentifier', 'Image', 'File', 'Opaque', 'PartyList'].includes(column.type)

/** Returns whether forms ask for a value in a column. */
export const isRequired = (column: ColumnDefinition): boolean => column.requiredLevel !== 'None'

/** Returns the default columns: the name, the parent, owner, state, then the first others. */
export function defaultColumns(table: TableDefinition): string[] {
  const weight = (column: ColumnDefinition): number => {
    if (column.logicalName === table.primaryName) return 0
    if (column.type === 'Customer' || /^parent|regarding/.test(column.logicalName)) return 1
    if (column.type === 'Owner') return 2
    if (column.type === 'State') return 3
    if (column.logicalName === table.primaryId) return table.primaryName === null ? 1 : 9
    if (column.logicalName === 'createdon') return 5
    if (KEPT_BY_STORE.includes(column.logicalName) || ['Uniqueidentifier', 'Opaque', 'Image', 'File', 'Status'].includes(column.type))
      return 9
    return isLookup(column.type) ? 4 : 6
  }
  return table.columns
    .map((column) => ({ name: column.logicalName, weight: weight(column) }))
    .filter((column) => column.weight < 9 || table.columns.length < 4)
    .sort((a, b) => a.weight - b.weight)
    .slice(0, 9)
    .map((column) => column.name)
}

export function defaultWidth(table: TableDefinition, column: ColumnDefinition): number {
  if (column.logicalName === table.primaryName) return 240
  if (isLookup(column.type)) return 180
  if (isNumber(column.type)) return 120
  if (column.type === 'Boolean' || column.type === 'State') return 110
  return column.type === 'DateTime' ? 184 : 150
}

/** Returns the tables that a lookup column can point to: the parents of the relationships that share it. */
export function lookupTargets(model: ModelDefinition, table: string, column: ColumnDefinition): string[] {
  if (column.type === 'Owner') return ['systemuser', 'team']
  const parents = model.relationships.filter(
    (relationship) => relationship.referencing === table && relationship.attribute === column.logicalName,
  )
  return [...new Set(parents.map((relationship) => relationship.referenced))]
}

/** Returns the operators for a type of column, the most likely first. */
export function operatorsFor(type: ColumnType): RecordFilter['operator'][] {
  if (type === 'String' || type === 'Memo') return ['contains', 'beginsWith', 'equals', 'notEquals', 'isNull', 'isNotNull']
  if (isLookup(type) || isChoice(type) || type === 'Boolean') return ['equals', 'notEquals', 'isNull', 'isNotNull']
  if (isNumber(type) || type === 'DateTime') return ['greaterThan', 'lessThan', 'equals', 'notEquals', 'isNull', 'isNotNull']
  if (type === 'Uniqueidentifier') return ['equals']
  return ['isNull', 'isNotNull']
}

export const needsValue = (operator: RecordFilter['operator']): boolean => operator !== 'isNull' && operator !== 'isNotNull'
