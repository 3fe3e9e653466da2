import { X } from 'lucide-react'
import type { TableDefinition } from '#engine/contract/tables'
import { needsValue, OPERATOR_LABEL } from '../../frame/columns.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { shortenMiddle } from '../../ui/format.ts'
import { NEW_VIEW, recordsStore } from './stores/records.ts'

/** Shows the active filters, each with a button to remove it. */
export function FilterChips({ table }: { table: TableDefinition }) {
  const records = useStore(recordsStore)
  const filters = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).filters)
  if (filters.length === 0) return null
  return (
    <ul className="ui-chips" aria-label="Filters">
      {filters.map((filter) => {
        const column = table.columns.find((candidate) => candidate.logicalName === filter.column)
        const value = needsValue(filter.operator) ? ` ${filter.shown ?? String(filter.value)}` : ''
        const text = `${column?.displayName ?? filter.column} ${OPERATOR_LABEL[filter.operator].toLowerCase()}${value}`
        return (
          <li key={`${filter.column} ${filter.operator}`} className="ui-chip" title={text}>
            {shortenMiddle(text, 48)}
            <button
              type="button"
              aria-label={`Remove filter: ${text}`}
              onClick={() => records.getState().changeQuery({ filters: filters.filter((other) => other !== filter) })}
            >
              <X size={12} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
