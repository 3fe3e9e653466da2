import { defineTexts, messagesOf } from '#text/message'

export const shellTexts = defineTexts('shell', {
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', system: 'As the system' },
  language: 'Language',
})

export const shell = messagesOf(shellTexts)
