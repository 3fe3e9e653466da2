import { expect, test } from 'vitest'
import type { RecordRow, RecordValues } from '#engine/contract/records'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { choicesWithData, isConflicting, mergeColumns, mergeContent } from '../../../renderer/features/cascades/merge-fields.ts'

const column = (logicalName: string, type: ColumnDefinition['type'] = 'String'): ColumnDefinition => ({
  logicalName,
  displayName: null,
  type,
  sourceType: null,
  requiredLevel: 'None' as const,
  maxLength: null,
  options: [],
})
const account: TableDefinition = {
  logicalName: 'account',
  schemaName: 'Account',
  displayName: 'Account',
  ownership: 'UserOwned',
  mergeable: true,
  activeState: 0,
  primaryId: 'accountid',
  primaryName: 'name',
  isActivity: false,
  origin: 'standard',
  originNote: null,
  columns: [
    column('accountid', 'Uniqueidentifier'),
    column('name'),
    column('phone'),
    column('city'),
    column('primarycontactid', 'Lookup'),
    column('parentaccountid', 'Lookup'),
    column('ownerid', 'Owner'),
    column('statecode', 'State'),
    column('createdon', 'DateTime'),
  ],
}
const row = (id: string, values: RecordValues): RecordRow => ({ table: 'account', id, values })
const rows = {
  first: row('1', { name: 'North', phone: null, city: 'Bergen', primarycontactid: { table: 'contact', id: 'k', name: 'Kim' } }),
  second: row('2', { name: 'South', phone: '123', city: 'Bergen', primarycontactid: { table: 'contact', id: 'l', name: 'Lea' } }),
}
const columns = mergeColumns(account)

test('what the platform hides from the dialog is not offered', () => {
  expect(columns.map(({ logicalName }) => logicalName)).toEqual(['name', 'phone', 'city', 'primarycontactid'])
})

test('only differing values conflict', () => {
  expect(columns.filter((each) => isConflicting(each, rows.first, rows.second)).map(({ logicalName }) => logicalName)).toEqual([
    'name',
    'phone',
    'primarycontactid',
  ])
})

test('selecting all fields with data fills only the gaps of the primary', () => {
  expect(choicesWithData(columns, rows, 'first')).toEqual({ phone: 'second' })
})

test('the content holds what was chosen from the other record, lookups as references', () => {
  const choices = { name: 'first', primarycontactid: 'second', city: 'second' } as const

  expect(mergeContent(columns, rows, 'first', choices)).toEqual({ primarycontactid: { table: 'contact', id: 'l' } })
  expect(mergeContent(columns, rows, 'second', { name: 'first' })).toEqual({ name: 'North' })
})
