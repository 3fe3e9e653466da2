import { fullestTables, useCounts } from '../../frame/stores/counts.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { overviewText } from './texts.ts'

const SHOWN = 10
const { fullest: text } = overviewText

export function FullestTables() {
  const { count, say } = useWords()
  const view = useStore(viewStore)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const counts = useCounts(null)
  const loaded = Object.keys(counts).length > 0
  const fullest = fullestTables(counts)
    .slice(0, SHOWN)
    .map((table): [string, number] => [table, counts[table] ?? 0])
  const most = fullest[0]?.[1] ?? 1
  return (
    <section aria-labelledby="overview-tables">
      <h2 id="overview-tables" className="ui-heading">
        {say(text.heading)}
      </h2>
      {!loaded && <SkeletonLines lines={6} label={say(text.loading)} />}
      {loaded && fullest.length === 0 && <p className="overview-none">{say(text.none)}</p>}
      <ul className="overview-list">
        {fullest.map(([table, rows]) => (
          <li key={table}>
            <button
              type="button"
              className="overview-table"
              onClick={() => view.getState().go({ screen: 'records', table, recordId: null })}
            >
              <span className="ui-clip" title={table}>
                {tables.get(table)?.displayName ?? table}
              </span>
              <span className="overview-bar" aria-hidden>
                <span style={{ width: `${Math.max(1, (rows / most) * 100)}%` }} />
              </span>
              <span className="ui-number">{count(rows)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
