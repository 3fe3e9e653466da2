import { ChevronRight, Link } from 'lucide-react'
import { useEffect, useState } from 'react'
import { verbatim } from '#text/english/verbatim'
import { bestMatches } from '../frame/best-matches.ts'
import { type Command, type Feature, type PaletteResult, useFeatures } from '../frame/feature.ts'
import { pathOfLink } from '../frame/place-history.ts'
import { parsePlace } from '../frame/place-path.ts'
import { viewStore } from '../frame/stores/view.ts'
import { type Stores, useStores } from '../frame/stores-context.ts'
import { useWords, type Words } from '../text/words.ts'
import { shellText } from './texts.ts'

const PAUSE_MS = 120
const COMMANDS_FOUND = 5

/** What the palette shows for a text: every command while it is empty. */
export function usePaletteResults(text: string): PaletteResult[] {
  const stores = useStores()
  const features = useFeatures()
  const words = useWords()
  const search = text.trim()
  const changes = useChanges(features, stores)
  const fromHost = useHostResults(search, features, stores, changes)
  const path = pathOfLink(search)
  if (path !== null) return [linkResult(path)]
  return [...findInApp(search.toLowerCase(), features, stores, words), ...fromHost]
}

function findInApp(search: string, features: readonly Feature[], stores: Stores, { say }: Words): PaletteResult[] {
  const commands = features.flatMap((feature) => feature.commands ?? [])
  const asResult = (command: Command): PaletteResult => ({
    ...command,
    key: `command ${say(command.label)}`,
    group: shellText.command.heading,
    hint: null,
    icon: ChevronRight,
  })
  if (search === '') return commands.map(asResult)
  return [
    ...features.flatMap((feature) => feature.search?.find?.(search, stores) ?? []),
    ...bestMatches(commands, search, ({ label }) => [say(label)], COMMANDS_FOUND).map(asResult),
  ]
}

/** A link that was pasted: a window without an address line has no other place for it. */
const linkResult = (path: string): PaletteResult => {
  const { location, preview } = parsePlace(path)
  return {
    key: `link ${path}`,
    group: shellText.command.heading,
    label: shellText.command.openLink,
    hint: verbatim.text({ text: path }),
    icon: Link,
    run({ get }) {
      const { go, openDialog } = get(viewStore).getState()
      go(location)
      if (preview !== null) openDialog(preview)
    },
  }
}

/** Counts the changes of what is searched: records can be asked for only when the model and its counts are there. */
function useChanges(features: readonly Feature[], stores: Stores): number {
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    const searched = new Set(features.flatMap((feature) => feature.search?.over ?? []))
    const undo = [...searched].map((key) => stores.get(key).subscribe(() => setChanges((before) => before + 1)))
    return () => {
      for (const stop of undo) stop()
    }
  }, [features, stores])
  return changes
}

function useHostResults(search: string, features: readonly Feature[], stores: Stores, changes: number): PaletteResult[] {
  const [found, setFound] = useState<PaletteResult[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever what is searched has changed
  useEffect(() => {
    if (search.length < 2) return setFound([])
    let wanted = true
    const timer = setTimeout(async () => {
      const asked = features.map(async (feature) => (await feature.search?.ask?.(search, stores).catch(() => [])) ?? [])
      const results = await Promise.all(asked)
      if (wanted) setFound(results.flat())
    }, PAUSE_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [search, features, stores, changes])
  return found
}
