import { defineTexts, messagesOf } from '#text/message'

export const startTexts = defineTexts('start', {
  newEnvironment: 'New environment',
  openEnvironment: 'Open environment',
})

export const startText = messagesOf(startTexts)
