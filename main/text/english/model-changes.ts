import { defineTexts, messagesOf } from '../message.ts'

/** What an import or an edit changes in the model, as fragments beside the name of what changed. */
export const modelChangeTexts = defineTexts('modelChange', {
  table: '{ownership}, {columns, plural, one {# column} other {# columns}}',
  stub: 'stub: {reason}',
  onlyReferredTo: 'only referred to',
  defined: '{before} → {after}: {table}',
  origin: { system: 'system', declared: 'declared', imported: 'imported', standard: 'standard', stub: 'stub' },
  changed: '{what}: {before} → {after}',
  became: '{before} → {after}',
  optionsChanged: 'options changed',
  hierarchical: 'Hierarchical',
  yes: 'yes',
  no: 'no',
  sides: '{first} ↔ {second} through {intersect}',
  takesPlaceOf: 'takes the place of {name}',
  replaced: '{before} replaced by {after}',
})

export const modelChange = messagesOf(modelChangeTexts)
