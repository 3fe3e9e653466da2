import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { bestMatches } from '../frame/best-matches.ts'
import { type Command, type Feature, type PaletteResult, useFeatures } from '../frame/feature.ts'
import { type Stores, useStores } from '../frame/stores-context.ts'

const PAUSE_MS = 120
const COMMANDS_FOUND = 5

/** What the palette shows for a text: every command while it is empty. */
export function usePaletteResults(text: string): PaletteResult[] {
  const stores = useStores()
  const features = useFeatures()
  const search = text.trim()
  const fromHost = useHostResults(search, features, stores)
  return [...findInApp(search.toLowerCase(), features, stores), ...fromHost]
}

function findInApp(search: string, features: readonly Feature[], stores: Stores): PaletteResult[] {
  const commands = features.flatMap((feature) => feature.commands ?? [])
  if (search === '') return commands.map(asResult)
  return [
    ...features.flatMap((feature) => feature.search?.(search, stores) ?? []),
    ...bestMatches(commands, search, ({ label }) => [label], COMMANDS_FOUND).map(asResult),
  ]
}

const asResult = (command: Command): PaletteResult => ({
  ...command,
  key: `command ${command.label}`,
  group: 'Commands',
  hint: '',
  icon: ChevronRight,
})

function useHostResults(search: string, features: readonly Feature[], stores: Stores): PaletteResult[] {
  const [found, setFound] = useState<PaletteResult[]>([])
  useEffect(() => {
    if (search.length < 2) return setFound([])
    let wanted = true
    const timer = setTimeout(async () => {
      const asked = features.map(async (feature) => (await feature.searchHost?.(search, stores).catch(() => [])) ?? [])
      const results = await Promise.all(asked)
      if (wanted) setFound(results.flat())
    }, PAUSE_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [search, features, stores])
  return found
}
