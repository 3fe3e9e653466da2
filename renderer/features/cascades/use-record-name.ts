import { useEffect, useState } from 'react'
import type { RecordRef, RecordRow } from '#engine/contract/records'
import { rowName } from '../../frame/cell-text.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { shortId } from '../../ui/format.ts'

/** Returns a record's current values; null until they have been read, or if they cannot be read. */
export function useRecordRow(record: RecordRef | null): RecordRow | null {
  const lookup = useStore(recordLookup)
  const [row, setRow] = useState<RecordRow | null>(null)
  const table = record?.table
  const id = record?.id
  useEffect(() => {
    setRow(null)
    if (table === undefined || id === undefined) return
    let wanted = true
    lookup.read({ table, id }).then((found) => wanted && setRow(found))
    return () => {
      wanted = false
    }
  }, [lookup, table, id])
  return row
}

export function useRecordName(record: RecordRef): string {
  const row = useRecordRow(record)
  const table = useStoreState(modelStore, (state) => state.tables.get(record.table))
  return row === null ? shortId(record.id) : rowName(table, row)
}
