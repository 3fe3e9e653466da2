import { type ReactNode, useEffect, useMemo } from 'react'
import { useApp } from '../frame/stores-context.ts'
import { createWords, WordsContext } from '../text/words.ts'
import { CATALOGUES } from './catalogues.ts'

/** Gives everything below it the words of the chosen language. */
export function Speaking({ children }: { children: ReactNode }) {
  const language = useApp('view', (state) => state.language)
  const words = useMemo(() => createWords(language, CATALOGUES, navigator.languages), [language])
  useEffect(() => {
    document.documentElement.lang = words.locale
  }, [words])
  return <WordsContext value={words}>{children}</WordsContext>
}
