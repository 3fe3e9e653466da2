import type { ColumnType } from '#engine/contract/tables'

/** What `Type` of a solution's column can say, by our type. Anything else is kept as an opaque column. Source: import formats, section 3.2. */
const NAMES: Partial<Record<ColumnType, readonly string[]>> = {
  Uniqueidentifier: ['primarykey', 'uniqueidentifier'],
  String: ['char', 'nchar', 'varchar', 'nvarchar', 'phoneticguide'],
  Memo: ['ntext', 'text'],
  Integer: ['int', 'smallint', 'tinyint', 'timezone'],
  BigInt: ['bigint', 'timestamp'],
  Decimal: ['decimal', 'numeric'],
  Double: ['float', 'real'],
  Money: ['money', 'smallmoney'],
  Boolean: ['bit'],
  DateTime: ['datetime', 'smalldatetime'],
  Choice: ['picklist'],
  MultiChoice: ['multiselectpicklist'],
  Lookup: ['lookup'],
  Customer: ['customer'],
  Owner: ['owner'],
  PartyList: ['partylist'],
  State: ['state'],
  Status: ['status'],
  Image: ['image'],
  File: ['file'],
}

const TYPES = new Map(Object.entries(NAMES).flatMap(([type, words]) => words.map((word) => [word, type as ColumnType] as const)))

export const columnTypeOf = (word: string): ColumnType => TYPES.get(word.toLowerCase()) ?? 'Opaque'

const KNOWN_OPAQUE = new Set(['virtual', 'binary', 'varbinary', 'sql_variant', 'hierarchyid', 'managedproperty'])

export const isUnknownType = (word: string): boolean => columnTypeOf(word) === 'Opaque' && !KNOWN_OPAQUE.has(word.toLowerCase())
