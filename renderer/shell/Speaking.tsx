import { type ReactNode, useEffect, useMemo } from 'react'
import { viewStore } from '../frame/stores/view.ts'
import { useStoreState } from '../frame/stores-context.ts'
import { createWords, WordsContext } from '../text/words.ts'
import { CATALOGUES } from './catalogues.ts'

/** Gives everything below it the words of the chosen language. */
export function Speaking({ children }: { children: ReactNode }) {
  const language = useStoreState(viewStore, (state) => state.language)
  const words = useMemo(() => createWords(language, CATALOGUES, navigator.languages), [language])
  useEffect(() => {
    document.documentElement.lang = words.locale
  }, [words])
  return <WordsContext value={words}>{children}</WordsContext>
}
