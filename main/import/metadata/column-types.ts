import type { ColumnType } from '#engine/contract/tables'

/** `AttributeType` and `AttributeTypeName` (without its ending `Type`). Source: import formats, section 7. */
const TYPES: Record<string, ColumnType> = {
  string: 'String',
  memo: 'Memo',
  integer: 'Integer',
  bigint: 'BigInt',
  decimal: 'Decimal',
  double: 'Double',
  money: 'Money',
  boolean: 'Boolean',
  datetime: 'DateTime',
  picklist: 'Choice',
  multiselectpicklist: 'MultiChoice',
  uniqueidentifier: 'Uniqueidentifier',
  lookup: 'Lookup',
  customer: 'Customer',
  owner: 'Owner',
  partylist: 'PartyList',
  state: 'State',
  status: 'Status',
  image: 'Image',
  file: 'File',
  entityname: 'String',
}

export function metadataColumnType(attributeType: string | undefined, typeName: string | undefined): ColumnType {
  for (const word of [typeName?.replace(/Type$/, ''), attributeType]) {
    const key = word?.toLowerCase()
    if (key && Object.hasOwn(TYPES, key)) return TYPES[key] ?? 'Opaque'
  }
  return 'Opaque'
}
