import { ENGLISH_OF_MAIN } from './english/catalogues.ts'
import { createLanguage } from './language.ts'
import { type Message, textsByKey } from './message.ts'

const english = createLanguage({ locale: 'en-US', texts: new Map(ENGLISH_OF_MAIN.flatMap(textsByKey)) })

/** Returns a message of the engine in English: for logs, the command line and reports of scenarios. */
export const inEnglish = (message: Message): string => english.say(message)
