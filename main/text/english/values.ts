import { defineTexts, messagesOf } from '../message.ts'
import type { Phrase } from '../parameters.ts'

/** What a column takes, to be said within a sentence: "it takes a whole number". */
export const valueTexts = defineTexts('value', {
  rowOfAnother: 'a row of another table',
  recordReference: 'a record as table and id',
  plain: 'a plain value',
  wholeNumber: 'a whole number',
  number: 'a number',
  trueOrFalse: 'true or false',
  date: 'a date such as {example}',
  wholeNumbers: 'a list of whole numbers',
  text: 'text',
  either: '{first} or {second}',
})

export const valueText = messagesOf(valueTexts)

/** Joins alternatives: "account or contact". */
export const anyOf = (names: readonly Phrase[]): Phrase => names.reduce((first, second) => valueText.either({ first, second }))
