import { defineTexts, messagesOf } from '../message.ts'

/** What the organization service answers a step that calls it wrongly. */
export const serviceTexts = defineTexts('service', {
  methodUnknown: 'The organization service has no "{method}".',
  rights: '{method}: rights must be a list of {rights}, not {given}.',
  table: 'service.{method}: a table is given by its logical name, not {given}.',
  id: 'service.{method}: an id is a GUID, not {given}.',
  values: 'service.{method}: it takes columns with values, not {given}.',
  owner: 'service.{method}: it takes an owner as a reference with table and id, or a name, not {given}.',
  merge: 'service.{method}: it takes an object with table, target and subordinate, not {given}.',
  query: 'service.{method}: it takes a query as an object with a table, not {given}.',
  columns: 'service.{method}: "columns" is a list of logical names, not {given}.',
  keyUnknown: 'service.{method}: "{key}" is no key here.{meant} Known: {known}.',
  where: 'service.{method}: it takes "where" as columns with values, not {given}.',
  or: 'service.{method}: "or" is a list of alternatives, each with columns and values, not {given}.',
  operatorUnknown: 'service.{method}: "{operator}" compares nothing with {column}.{meant} Known: {known}.',
  noOperator: 'service.{method}: a comparison names at least one of {known}, not {given}.',
  list: 'service.{method}: "{operator}" takes a list of values, not {given}.',
  isNull: 'service.{method}: "isNull" is true or false, not {given}.',
  undefinedValue:
    'service.{method}: the value for {column} is undefined. Use null for an empty column, and leave the column out to take every value.',
  orderBy: 'service.{method}: it takes "orderBy" as a column, or as an object with column and descending, not {given}.',
  descending: 'service.{method}: "descending" is true or false, not {given}.',
  orderByColumn: 'service.{method}: "orderBy" names a column, not {given}.',
  wholeNumber: 'service.{method}: "{name}" is a whole number from 1, not {given}.',
  pageSize: 'service.{method}: a page holds at most {most, number} rows, not {given}.',
  sumColumn: 'service.{method}: "column" names the column that is added up, not {given}.',
  tooDeep: 'service.{method}: what it takes may be nested {most, number} levels deep.',
  nameTooLong: 'service.{method}: a name may have {most, number} characters.',
  textTooLong: 'service.{method}: a text may have {most, number} characters.',
  tooManyColumns: 'service.{method}: it takes at most {most, number} columns.',
  tooManyConditions: 'service.{method}: "where" takes at most {most, number} conditions.',
  tooManyOrders: 'service.{method}: "orderBy" takes at most {most, number} columns.',
  relationship: 'service.{method}: an N:N relationship is given by its schema name, not {given}.',
  relatedRecords: 'service.{method}: the records to link are a list, not {given}.',
  relatedRecord: 'service.{method}: a record to link is a GUID, or table and id, not {given}.',
  tooManyRelated: 'service.{method}: it takes at most {most, number} records.',
  statecode: 'service.{method}: "statecode" is a whole number, not {given}.',
})

export const serviceText = messagesOf(serviceTexts)
