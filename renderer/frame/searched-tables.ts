import { countsStore, fullestTables } from './stores/counts.ts'
import { modelStore } from './stores/model.ts'
import type { Stores } from './stores-context.ts'

/** Searching every table of a large model would keep the host busy; the fullest ones hold what people look for. */
const MOST_TABLES = 12

/** Returns the logical names of the tables that a search over all records looks into. */
export async function searchedTables({ get }: Stores): Promise<string[]> {
  const { tables } = get(modelStore).getState()
  const hasNames = (table: string) => (tables.get(table)?.primaryName ?? null) !== null
  return fullestTables(await get(countsStore).read(null))
    .filter(hasNames)
    .slice(0, MOST_TABLES)
}
