import { createContext, useContext } from 'react'
import { createLanguage, type Language } from '#text/language'
import { type Catalogue, textsByKey } from '#text/message'
import { createFormats, type Formats } from './formats.ts'

/** `pseudo` is English, longer and accented: what stays plain on screen comes from no catalogue. */
export const LANGUAGES = ['en', 'pseudo'] as const
export type LanguageCode = (typeof LANGUAGES)[number]

/** What a screen needs to speak: messages as texts, values as they are written in the chosen language. */
export interface Words extends Language, Formats {
  code: LanguageCode
}

/** Creates the words of a language. Of several regions the reader's own decides the formats, as the browser lists them. */
export function createWords(code: LanguageCode, catalogues: readonly Catalogue[], preferred: readonly string[]): Words {
  const language = createLanguage({
    locale: preferred.find((locale) => locale.split('-')[0] === 'en') ?? 'en-US',
    texts: new Map(catalogues.flatMap(textsByKey)),
    isPseudo: code === 'pseudo',
  })
  return { code, ...language, ...createFormats(language) }
}

export const WordsContext = createContext<Words | null>(null)

/** Returns the words of the chosen language; the component renders again when another is chosen. */
export function useWords(): Words {
  const words = useContext(WordsContext)
  if (words === null) throw new Error('useWords needs a WordsContext above it')
  return words
}
