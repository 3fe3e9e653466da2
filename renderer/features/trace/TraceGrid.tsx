import { ArrowUp, ScrollText } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { StepRun } from '#engine/contract/trace'
import { recordText } from '../../frame/RecordLink.tsx'
import { isEmpty, isLoading, PAGE_ROWS, reachableRows, rowAt } from '../../frame/stores/newest-first.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { firstLineOf, formatClock, formatMicroseconds, newerText, stepPlaceOf, stepText } from '../../frame/trace-words.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, formatCount, formatExactTime, shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import type { VirtualRowsHandle } from '../../ui/VirtualRows.tsx'
import { OutcomeBadge } from './OutcomeMark.tsx'
import { EVERY_RUN, isFiltered, traceStore } from './stores/trace.ts'

const COLUMNS: RowGridColumn<StepRun>[] = [
  {
    key: 'time',
    label: 'Time',
    width: '116px',
    render: ({ startedOnMs }) => <span title={formatExactTime(startedOnMs)}>{formatClock(startedOnMs, Date.now())}</span>,
  },
  // Near the left edge, so that failures are visible in a narrow window.
  { key: 'outcome', label: 'Outcome', width: '136px', render: (run) => <OutcomeBadge run={run} /> },
  {
    key: 'plugin',
    label: 'Plug-in',
    width: 'minmax(110px, 1fr)',
    render: ({ plugin, pluginVersion }) => <span title={`${plugin} ${pluginVersion}`}>{shortenMiddle(plugin, 40)}</span>,
  },
  {
    key: 'step',
    label: 'Step',
    width: 'minmax(232px, 1.8fr)',
    render: (run) => <span title={stepText(stepPlaceOf(run))}>{stepText(stepPlaceOf(run))}</span>,
  },
  {
    key: 'record',
    label: 'Record',
    width: 'minmax(110px, 1.2fr)',
    render: ({ record }) =>
      record === null ? '' : <span title={`${record.name ?? ''} ${record.id}`}>{shortenMiddle(recordText(record), 50)}</span>,
  },
  { key: 'depth', label: 'Depth', width: '56px', align: 'end', render: ({ depth }) => formatCount(depth) },
  {
    key: 'job',
    label: 'Job',
    width: 'minmax(90px, 0.8fr)',
    render: ({ job }) =>
      job === null ? '' : <span title={`${job.name}, batch ${job.batch}, try ${job.attempt}`}>{shortenMiddle(job.name, 40)}</span>,
  },
  {
    key: 'user',
    label: 'User',
    width: 'minmax(70px, 0.7fr)',
    render: ({ user, userId }) => <span title={`${user} ${userId}`}>{user}</span>,
  },
  {
    key: 'duration',
    label: 'Duration',
    width: '80px',
    align: 'end',
    render: ({ durationMicroseconds }) => formatMicroseconds(durationMicroseconds),
  },
  {
    key: 'text',
    label: 'Error or trace',
    width: 'minmax(160px, 1.6fr)',
    render: (run) => <span title={run.error ?? run.trace}>{firstLineOf(run)}</span>,
  },
]

/** The columns beside an open run, whose panel shows the rest. */
const FEW_COLUMNS = COLUMNS.filter(({ key }) => ['time', 'outcome', 'plugin', 'step', 'record', 'duration'].includes(key))

/** Lists the matching runs. While the person examines rows, they do not move: newer runs are counted, and shown on demand. */
export function TraceGrid({ opened }: { opened: number | null }) {
  const trace = useStore(traceStore)
  const view = useStore(viewStore)
  const log = useStoreState(traceStore, (state) => state.log)
  const place = useListPlace('trace')
  const handle = useRef<VirtualRowsHandle>(null)
  const { hold, showRange, showNewest, refresh } = trace.getState()
  const openRun = (run: number | null) => view.getState().go({ screen: 'trace', run })
  const showTop = () => {
    place.onPlace({ active: 0, top: 0 })
    handle.current?.showRow(0)
    showNewest()
  }
  useEffect(() => hold('row', place.place.active > 0), [hold, place.place.active])
  const filter = useStoreState(traceStore, (state) => state.filter)
  const shownFilter = useRef(filter)
  const { onPlace } = place
  useEffect(() => {
    if (shownFilter.current === filter) return
    shownFilter.current = filter
    onPlace({ active: 0, top: 0 })
    handle.current?.showRow(0)
  }, [filter, onPlace])
  if (isEmpty(log) && log.error === null) return <NoRuns />
  return (
    <>
      <div className="trace-bar">
        <span className="ui-muted">{countText(log)}</span>
        {log.newer.count > 0 && (
          <Button className="frame-newer" icon={<ArrowUp size={13} aria-hidden />} onClick={showTop}>
            {newerText(log.newer, 'run')}
          </Button>
        )}
      </div>
      {log.error !== null && (
        <div className="trace-message">
          <ErrorNotice
            error={log.error}
            title={log.rows.pages.size === 0 ? 'The trace log could not be read' : 'Some runs could not be read'}
            action={<Button onClick={refresh}>Try again</Button>}
          />
        </div>
      )}
      <div className="trace-grid" onPointerEnter={() => hold('pointer', true)} onPointerLeave={() => hold('pointer', false)}>
        {(log.rows.pages.size > 0 || log.error === null) && (
          <RowGrid
            label="Runs of plug-in steps"
            handle={handle}
            minWidth={opened === null ? 1240 : 780}
            columns={opened === null ? COLUMNS : FEW_COLUMNS}
            count={reachableRows(log.rows)}
            itemAt={(row) => rowAt(log.rows, row)}
            {...place}
            onVisible={showRange}
            isCurrent={(run) => run.number === opened}
            onOpen={({ number }) => openRun(number)}
            onClose={() => openRun(null)}
          />
        )}
      </div>
    </>
  )
}

function countText(log: Parameters<typeof isLoading>[0]): string {
  if (isLoading(log)) return 'Reading the trace log…'
  const { end, starts } = log.rows
  return end === null ? `More than ${countOf((starts.length - 1) * PAGE_ROWS, 'run')}` : countOf(end, 'run')
}

function NoRuns() {
  const trace = useStore(traceStore)
  const view = useStore(viewStore)
  const filter = useStoreState(traceStore, (state) => state.filter)
  const kept = useStoreState(settingsStore, (state) => state.settings?.pluginTraceLog)
  if (isFiltered(filter)) {
    return (
      <EmptyState
        icon={<ScrollText size={28} />}
        title="No run matches"
        action={<Button onClick={() => trace.getState().showOnly(EVERY_RUN)}>Clear filters</Button>}
      >
        Take away a filter, or search for something shorter.
      </EmptyState>
    )
  }
  if (kept === 'Off') {
    return (
      <EmptyState
        icon={<ScrollText size={28} />}
        title="The trace log is off"
        action={<Button onClick={() => view.getState().go({ screen: 'settings' })}>Open the settings</Button>}
      >
        Steps run without leaving a trace. Switch the plug-in trace log on, then change a record.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<ScrollText size={28} />}
      title={kept === 'Exception' ? 'No step has failed' : 'No step has run yet'}
      action={<Button onClick={() => view.getState().goToScreen('records')}>Open records</Button>}
    >
      {kept === 'Exception'
        ? 'The trace log keeps only refused and failed runs, as the settings say.'
        : 'Enable a plug-in, then change, assign or delete a record that one of its steps is registered for. Each run appears here.'}
    </EmptyState>
  )
}
