import { defineTexts, messagesOf } from '../message.ts'

/** What is wrong with a rule for generated records. `{rule}` is its place and table, `{field}` one of its fields. */
export const generateTexts = defineTexts('generate', {
  rule: 'Rule {position, number} ({table})',
  tableUnknown: '{rule}, {field}: there is no table "{table}"',
  tableUnknownNear: '{rule}, {field}: there is no table "{table}"; did you mean "{nearest}"?',
  chainStandsAlone: '{rule}: "{field}" stands alone: leave out "count" and "per".',
  setByPer: '{rule}: "{field}" is set by "per" to each parent in turn: leave it out here.',
  whereNeedsPer: '{rule}: "{field}" chooses parents, so it needs "per".',
  attributeNeedsParent: '{rule}: "{field}" links rows to their parents, so it needs "per" or "chain".',
  countMissing: '{rule}: "{field}" is missing: say how many rows with "count", "per" or "chain".',
  noLookup: '{rule}: "{field}" cannot be found: no lookup of {table} points to {parent}.',
  attributeMissing: '{rule}: "{field}" is missing: use {columns}.',
  attributeDoesNotLink: '{rule}: "{field}" "{column}" does not link {table} to {parent}: use {columns}.',
  stateTwice: '{rule}: "{field}" and "set.statecode" say the same: leave one out.',
  noState: '{rule}: "{field}" is no state of {table}.',
  noStateOf: '{rule}: "{field}" is no state of {table}; its states are {states}.',
  notAShare: '{rule}: "{field}" is a share between 0 and 1, not {share}.',
  sharesAddUp: '{rule}: "{field}" add up to {sum}, and must add up to 1.',
  noOwners: '{rule}: "{field}" cannot be given: rows of {table} have no owner.',
  ownersEmpty: '{rule}: "{field}" is empty: name at least one user or team, or leave it out.',
  ownerTwice: '{rule}: "{field}" and "set.ownerid" say the same: leave one out.',
  tooManyRules: 'One run takes at most {most, number} rules.',
  tooManyRows: '{rule}: "{field}" makes more than {most, number} rows, which is the most that one rule makes. Generate in several runs.',
  notAWholeNumber: '{rule}: "{field}" is a whole number of rows, not {value}.',

  idGiven: '{rule}, {field}: every generated row gets an id of its own; leave it out.',
  columnUnknown: '{rule}, {field}: table {table} has no column "{column}"',
  columnUnknownNear: '{rule}, {field}: table {table} has no column "{column}"; did you mean "{nearest}"?',
  takes: '{rule}, {field} takes {expected}, not {value}.',
  ownerName: 'the name of a user or team',
  recordReference: 'a record (table and id)',
  ownerUnknown: '{rule}, {field}: there is no user and no team called "{name}".',
  otherTable: '{rule}, {field} points to {tables}, not to {table}.',
  noTable: '{rule}, {field} points to no table, not to {table}.',
  recordUnknown: '{rule}, {field}: there is no {table} with id {id} to point to.',
})

export const generateText = messagesOf(generateTexts)
