import { defineTexts, messagesOf } from '../message.ts'

/** Which values a setting takes. */
export const settingTexts = defineTexts('setting', {
  unknown: 'There is no setting "{setting}".',
  trueOrFalse: 'Setting "{setting}" is true or false.',
  wholeNumber: 'Setting "{setting}" is a whole number from {min, number} to {max, number}.',
  oneOf: 'Setting "{setting}" is one of {choices}.',
  thresholds: 'Setting "thresholds" is one of {profiles}, or a whole number for each of {operations}.',
})

export const settingText = messagesOf(settingTexts)
