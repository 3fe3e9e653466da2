import { defineTexts, messagesOf } from '../message.ts'

/** What is wrong with a call from the renderer, or cannot be done for it. */
export const bridgeTexts = defineTexts('bridge', {
  methodUnknown: 'There is no method "{method}". The nearest is "{nearest}".',
  tooLong: 'The input of {method} has {characters, number} characters; at most {most, number} are accepted. Use a file for so much.',
  notPlain: 'The input of {method} is no plain data.',
  notJson: 'A message must be JSON text like {example}.',
  strangeSender: 'Only the app itself may call its methods.',
  wrongShape: '{method} cannot take this input. {problems}.{more, plural, =0 {} other { And {more, number} more.}}',
})

export const bridgeText = messagesOf(bridgeTexts)
