import { defineTexts, messagesOf } from '#text/message'

/** The languages of the app, each by its own name. */
export const languageTexts = defineTexts('language', {
  en: 'English',
  pseudo: 'Pseudo-locale',
})

export const languageName = messagesOf(languageTexts)
