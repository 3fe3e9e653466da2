import { defineTexts, messagesOf } from '../message.ts'

/** What is wrong with a call from the renderer. */
export const bridgeTexts = defineTexts('bridge', {
  methodUnknown: 'There is no method "{method}". The nearest is "{nearest}".',
  tooLong: 'The input of {method} has {characters, number} characters; at most {most, number} are accepted. Use a file for so much.',
  notPlain: 'The input of {method} is no plain data.',
  wrongShape: '{method} cannot take this input. {problems}.{more, plural, =0 {} other { And {more, number} more.}}',
})

export const bridgeText = messagesOf(bridgeTexts)
