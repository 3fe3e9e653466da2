import type { LookupValue, RecordRef, RecordRow } from '#engine/contract/records'
import type { StoreKey } from '../stores-context.ts'
import { modelStore } from './model.ts'
import { peopleStore } from './people.ts'

/** Finds and reads records without opening them. */
export interface RecordLookup {
  /** A record's values; null where it cannot be read. */
  read(record: RecordRef): Promise<RecordRow | null>
  /** Rows whose primary name matches: what a lookup can point to. */
  findTargets(tables: string[], search: string): Promise<LookupValue[]>
}

export const recordLookup: StoreKey<RecordLookup> = ({ bridge, get }) => ({
  read: (record) => bridge.call('records.get', { record, caller: get(peopleStore).callerId() }).catch(() => null),
  async findTargets(tables, search) {
    const found = await Promise.all(
      tables.map(async (table) => {
        const query = { table, offset: 0, limit: 20, ...(search.trim() === '' ? {} : { search: search.trim() }) }
        const page = await bridge.call('records.find', { query, caller: get(peopleStore).callerId() })
        const nameColumn = get(modelStore).getState().tables.get(table)?.primaryName
        return page.rows.map((row) => {
          const name = nameColumn == null ? null : row.values[nameColumn]
          return { table, id: row.id, name: typeof name === 'string' ? name : null }
        })
      }),
    )
    return found.flat()
  },
})
