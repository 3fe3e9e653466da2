import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { formatCount } from '../../ui/format.ts'
import { SkeletonLines } from '../../ui/Skeleton.tsx'

const SHOWN = 10

export function FullestTables() {
  const view = useStore(viewStore)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const counts = useStoreState(modelStore, (state) => state.counts)
  const loaded = useStoreState(modelStore, (state) => state.model !== null)
  const fullest = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
  const most = fullest[0]?.[1] ?? 1
  return (
    <section aria-labelledby="overview-tables">
      <h2 id="overview-tables" className="ui-heading">
        Tables with the most records
      </h2>
      {!loaded && <SkeletonLines lines={6} label="Loading tables" />}
      {loaded && fullest.length === 0 && <p className="overview-none">No records yet. Generate some, or import data.</p>}
      <ul className="overview-list">
        {fullest.map(([table, count]) => (
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
                <span style={{ width: `${Math.max(1, (count / most) * 100)}%` }} />
              </span>
              <span className="ui-number">{formatCount(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
