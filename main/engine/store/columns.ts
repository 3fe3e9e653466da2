import { inputInvalid } from '../contract/errors.ts'
import type { ColumnDefinition, ColumnType, TableDefinition } from '../contract/tables.ts'
import type { CompiledTable } from '../model/compiled-model.ts'

/** Each table's key inside the store. Unique over all tables, and never used again after a delete. */
export const ROW = '_row'

type StorageType = 'INTEGER' | 'REAL' | 'TEXT'

const STORAGE: Record<ColumnType, StorageType> = {
  String: 'TEXT',
  Memo: 'TEXT',
  Integer: 'INTEGER',
  BigInt: 'INTEGER',
  Decimal: 'REAL',
  Double: 'REAL',
  Money: 'REAL',
  Boolean: 'INTEGER',
  DateTime: 'INTEGER',
  Choice: 'INTEGER',
  MultiChoice: 'TEXT',
  Uniqueidentifier: 'TEXT',
  Lookup: 'INTEGER',
  Customer: 'INTEGER',
  Owner: 'INTEGER',
  PartyList: 'TEXT',
  State: 'INTEGER',
  Status: 'INTEGER',
  Image: 'TEXT',
  File: 'TEXT',
  Opaque: 'TEXT',
}

export const isLookup = (type: ColumnType): boolean => type === 'Lookup' || type === 'Customer' || type === 'Owner'

/** The number of the table that a polymorphic lookup's value lies in, beside the lookup. */
export const targetColumn = (attribute: string): string => `_${attribute}_table`

/** Owning user and team follow from the owner and are not stored. */
export const isStored = (column: ColumnDefinition, table: TableDefinition): boolean =>
  column.logicalName !== table.primaryId && column.logicalName !== 'owninguser' && column.logicalName !== 'owningteam'

export const storageOf = (column: ColumnDefinition): StorageType => STORAGE[column.type]

/** Whether the table that a lookup's value lies in must be kept beside it. An owner's follows from the row's number. */
export const keepsTarget = (table: CompiledTable, column: ColumnDefinition): boolean =>
  isLookup(column.type) && column.logicalName !== 'ownerid' && table.targets.get(column.logicalName)?.length !== 1

/** The store's table for an N:N relationship's intersect table: two row numbers. */
export const linkTable = (intersectTable: string): string => `_link_${intersectTable}`

const NAME = /^[a-z][a-z0-9_]{0,127}$/

/** @throws INPUT_INVALID for a name that the platform would not have made, before it gets anywhere near SQL. */
export function checkName(name: string, what: string): void {
  if (!NAME.test(name) || name.startsWith('sqlite_'))
    throw inputInvalid(
      `"${name}" cannot be the logical name of a ${what}: a letter first, then letters, digits and underscores, in lower case.`,
      { name },
    )
}
