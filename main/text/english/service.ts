import { defineTexts, messagesOf } from '../message.ts'

/** What the organization service answers a step that calls it wrongly. */
export const serviceTexts = defineTexts('service', {
  methodUnknown: 'The organization service has no "{method}".',
  noSharing: '{method}: sharing records is not supported yet.',
  table: 'service.{method}: a table is given by its logical name, not {given}.',
  id: 'service.{method}: an id is a GUID, not {given}.',
  values: 'service.{method}: it takes columns with values, not {given}.',
  owner: 'service.{method}: it takes an owner as {shape} or a name, not {given}.',
  merge: 'service.{method}: it takes {shape}, not {given}.',
  query: 'service.{method}: it takes a query such as {shape}, not {given}.',
  columns: 'service.{method}: "columns" is a list of logical names, not {given}.',
  where: 'service.{method}: it takes "where" as columns with values, not {given}.',
  orderBy: 'service.{method}: it takes "orderBy" as a column or {shape}, not {given}.',
  orderByColumn: 'service.{method}: "orderBy" names a column, not {given}.',
  top: 'service.{method}: "top" is a whole number from 1, not {given}.',
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
