import { X } from 'lucide-react'
import type { TableDefinition } from '#engine/contract/tables'
import { platform } from '#text/english/platform'
import { needsValue } from '../../frame/columns.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { shortenMiddle } from '../../ui/format.ts'
import { NEW_VIEW, recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

/** Shows the active filters, each with a button to remove it. */
export function FilterChips({ table }: { table: TableDefinition }) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const filters = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).filters)
  if (filters.length === 0) return null
  return (
    <ul className="ui-chips" aria-label={say(recordText.filter.filters)}>
      {filters.map((filter) => {
        const column = table.columns.find((candidate) => candidate.logicalName === filter.column)
        const parts = {
          column: column?.displayName ?? filter.column,
          operator: say(platform.filterOperator[filter.operator]).toLowerCase(),
        }
        const text = say(
          needsValue(filter.operator)
            ? recordText.filter.withValue({ ...parts, value: filter.shown ?? String(filter.value) })
            : recordText.filter.withoutValue(parts),
        )
        return (
          <li key={`${filter.column} ${filter.operator}`} className="ui-chip" title={text}>
            {shortenMiddle(text, 48)}
            <button
              type="button"
              aria-label={say(recordText.filter.remove({ filter: text }))}
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
