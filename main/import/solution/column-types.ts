import type { ColumnType } from '#engine/contract/tables'

/** `Type` of a solution's column. Anything else is kept as an opaque column. Source: import formats, section 3.2. */
const TYPES: Record<string, ColumnType> = {
  primarykey: 'Uniqueidentifier',
  uniqueidentifier: 'Uniqueidentifier',
  char: 'String',
  nchar: 'String',
  varchar: 'String',
  nvarchar: 'String',
  phoneticguide: 'String',
  ntext: 'Memo',
  text: 'Memo',
  int: 'Integer',
  smallint: 'Integer',
  tinyint: 'Integer',
  timezone: 'Integer',
  bigint: 'BigInt',
  timestamp: 'BigInt',
  decimal: 'Decimal',
  numeric: 'Decimal',
  float: 'Double',
  real: 'Double',
  money: 'Money',
  smallmoney: 'Money',
  bit: 'Boolean',
  datetime: 'DateTime',
  smalldatetime: 'DateTime',
  picklist: 'Choice',
  multiselectpicklist: 'MultiChoice',
  lookup: 'Lookup',
  customer: 'Customer',
  owner: 'Owner',
  partylist: 'PartyList',
  state: 'State',
  status: 'Status',
  image: 'Image',
  file: 'File',
}

export const columnTypeOf = (word: string): ColumnType => {
  const key = word.toLowerCase()
  return Object.hasOwn(TYPES, key) ? (TYPES[key] ?? 'Opaque') : 'Opaque'
}

const KNOWN_OPAQUE = new Set(['virtual', 'binary', 'varbinary', 'sql_variant', 'hierarchyid', 'managedproperty'])

export const isUnknownType = (word: string): boolean => columnTypeOf(word) === 'Opaque' && !KNOWN_OPAQUE.has(word.toLowerCase())
