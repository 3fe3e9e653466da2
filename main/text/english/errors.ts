import { defineTexts, messagesOf } from '../message.ts'

/** Errors that can come up anywhere in the engine, and what to do about them. */
export const errorTexts = defineTexts('error', {
  unexpected: 'Something went wrong inside Cascade Workbench: {reason}',
  unexpectedHint: 'This is a defect of the product. Nothing was partly written; please report it with the details.',
  record: '{table} {name} ({id})',
  namelessRecord: '{table} {id}',
  ofRecord: '{record}: {error}',
  recordNotFoundHint: 'It was deleted, or never existed. Refresh the list and choose another record.',
  recordDamaged: '{column} holds {value}, which such a column cannot hold: the file was damaged, or changed by another program.',
  recordDamagedHint: 'Write a new value to the column, or use a copy of the file from before.',
  tableUnknown: 'There is no table "{table}" in this environment.',
  tableUnknownHint: 'Import a solution that defines it, or check the spelling of its logical name.',
  userUnknown: 'There is no user "{user}".',
  userUnknownHint: 'Choose one of the users of this environment.',
  roleUnknown: 'There is no role "{role}".',
  roleUnknownHint: 'Choose one of the roles of this environment.',
  columnUnknown: 'Table "{table}" has no column "{column}".',
})

export const errorText = messagesOf(errorTexts)
