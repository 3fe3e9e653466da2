import type { Message } from '#text/message'
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

/** Returns the column, beside a polymorphic lookup, with the number of the table that its value belongs to. */
export const targetColumn = (attribute: string): string => `_${attribute}_table`

/** Returns whether a column is stored; owning user and team are derived from the owner. */
export const isStored = (column: ColumnDefinition, table: TableDefinition): boolean =>
  column.logicalName !== table.primaryId && column.logicalName !== 'owninguser' && column.logicalName !== 'owningteam'

/** Returns whether plug-ins and lists can read a column: the primary key, or one that is stored. */
export function isReadable(table: CompiledTable, name: string): boolean {
  const column = table.columns.get(name)
  return name === table.definition.primaryId || (column !== undefined && isStored(column, table.definition))
}

export const storageOf = (column: ColumnDefinition): StorageType => STORAGE[column.type]

/** Returns whether the target table of a lookup must be stored beside it. An owner's table is found by the row number. */
export const keepsTarget = (table: CompiledTable, column: ColumnDefinition): boolean =>
  isLookup(column.type) && column.logicalName !== 'ownerid' && table.targets.get(column.logicalName)?.length !== 1

/** Returns the store's table for an N:N relationship's intersect table, which holds two row numbers. */
export const linkTable = (intersectTable: string): string => `_link_${intersectTable}`

/** Returns the name of the index over a lookup. */
export const columnIndex = (table: string, column: string): string => `_${table}_by_${column}`

const NAME = /^[a-z][a-z0-9_]{0,127}$/

/** Checks a name before it is used in SQL. @throws INPUT_INVALID for a name that the platform would not allow */
export function checkName(name: string, refusal: (params: { name: string }) => Message): void {
  if (!NAME.test(name) || name.startsWith('sqlite_')) throw inputInvalid(refusal({ name }), { name })
}
