import { useEffect, useMemo, useState } from 'react'
import type { LookupValue } from '#engine/contract/records'
import { useApp, useStores } from '../frame/stores-context.ts'
import { shortId } from '../ui/format.ts'
import { findInApp, type PaletteResult } from './palette-results.ts'

/** Number of tables to search, those with most rows first, because searching all tables of a large model takes too long. */
const SEARCHED_TABLES = 12
const PAUSE_MS = 120

export function usePaletteResults(search: string): PaletteResult[] {
  const model = useApp('model', (state) => state.model)
  const jobs = useApp('jobs', (state) => state.jobs)
  const plugins = useApp('plugins', (state) => state.plugins)
  const records = useFoundRecords(search.trim())
  return useMemo(() => [...findInApp(search, model, jobs ?? [], plugins ?? []), ...records], [search, model, jobs, plugins, records])
}

function useFoundRecords(search: string): PaletteResult[] {
  const { openRecord } = useStores()
  const tables = useApp('model', (state) => state.tables)
  const counts = useApp('model', (state) => state.counts)
  const [found, setFound] = useState<PaletteResult[]>([])
  useEffect(() => {
    if (search.length < 2) return setFound([])
    let wanted = true
    const timer = setTimeout(async () => {
      const searched = [...tables.values()]
        .filter((table) => table.primaryName !== null && (counts[table.logicalName] ?? 0) > 0)
        .sort((a, b) => (counts[b.logicalName] ?? 0) - (counts[a.logicalName] ?? 0))
        .slice(0, SEARCHED_TABLES)
        .map((table) => table.logicalName)
      const rows = await openRecord
        .getState()
        .findTargets(searched, search)
        .catch(() => [])
      if (wanted) setFound(rows.slice(0, 12).map(asResult))
    }, PAUSE_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [search, tables, counts, openRecord])
  return found
}

const asResult = (row: LookupValue): PaletteResult => ({
  key: `record ${row.id}`,
  group: 'Records',
  label: row.name ?? shortId(row.id),
  hint: `${row.table} · ${shortId(row.id)}`,
  target: { kind: 'go', location: { screen: 'records', table: row.table, recordId: row.id } },
})
