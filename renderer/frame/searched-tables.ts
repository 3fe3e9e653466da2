import { countsStore } from './stores/counts.ts'
import { modelStore } from './stores/model.ts'
import type { Stores } from './stores-context.ts'

/** Searching every table of a large model would keep the host busy; the fullest ones hold what people look for. */
const MOST_TABLES = 12

/** Returns the logical names of the tables that a search over all records looks into. */
export async function searchedTables({ get }: Stores): Promise<string[]> {
  const counts = await get(countsStore).read(null)
  return [...get(modelStore).getState().tables.values()]
    .filter((table) => table.primaryName !== null && (counts[table.logicalName] ?? 0) > 0)
    .sort((a, b) => (counts[b.logicalName] ?? 0) - (counts[a.logicalName] ?? 0))
    .slice(0, MOST_TABLES)
    .map((table) => table.logicalName)
}
