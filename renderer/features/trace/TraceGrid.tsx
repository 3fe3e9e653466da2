import { ArrowUp, ScrollText } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import type { StepRun } from '#engine/contract/trace'
import type { Message } from '#text/message'
import { recordText } from '../../frame/RecordLink.tsx'
import { isEmpty, isLoading, PAGE_ROWS, reachableRows, rowAt } from '../../frame/stores/newest-first.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { firstLineOf, newerText, stepPlaceOf, stepText } from '../../frame/trace-words.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { useWords, type Words } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import type { VirtualRowsHandle } from '../../ui/VirtualRows.tsx'
import { OutcomeBadge } from './OutcomeMark.tsx'
import { EVERY_RUN, isFiltered, traceStore } from './stores/trace.ts'
import { traceText } from './texts.ts'

const { column, log: text } = traceText

const columnsIn = ({ say, clock, count, exactTime, microseconds }: Words): RowGridColumn<StepRun>[] => [
  {
    key: 'time',
    label: say(column.time),
    width: '116px',
    render: ({ startedOnMs }) => <span title={exactTime(startedOnMs)}>{clock(startedOnMs, Date.now())}</span>,
  },
  // Near the left edge, so that failures are visible in a narrow window.
  { key: 'outcome', label: say(column.outcome), width: '136px', render: (run) => <OutcomeBadge run={run} /> },
  {
    key: 'plugin',
    label: say(column.plugin),
    width: 'minmax(110px, 1fr)',
    render: ({ plugin, pluginVersion }) => <span title={`${plugin} ${pluginVersion}`}>{shortenMiddle(plugin, 40)}</span>,
  },
  {
    key: 'step',
    label: say(column.step),
    width: 'minmax(232px, 1.8fr)',
    render: (run) => <span title={say(stepText(stepPlaceOf(run)))}>{say(stepText(stepPlaceOf(run)))}</span>,
  },
  {
    key: 'record',
    label: say(column.record),
    width: 'minmax(110px, 1.2fr)',
    render: ({ record }) =>
      record === null ? '' : <span title={`${record.name ?? ''} ${record.id}`}>{shortenMiddle(recordText(record), 50)}</span>,
  },
  { key: 'depth', label: say(column.depth), width: '56px', align: 'end', render: ({ depth }) => count(depth) },
  {
    key: 'job',
    label: say(column.job),
    width: 'minmax(90px, 0.8fr)',
    render: ({ job }) =>
      job === null ? (
        ''
      ) : (
        <span title={say(text.jobRun({ job: job.name, batch: job.batch, attempt: job.attempt }))}>{shortenMiddle(job.name, 40)}</span>
      ),
  },
  {
    key: 'user',
    label: say(column.user),
    width: 'minmax(70px, 0.7fr)',
    render: ({ user, userId }) => <span title={`${user} ${userId}`}>{user}</span>,
  },
  {
    key: 'duration',
    label: say(column.duration),
    width: '80px',
    align: 'end',
    render: ({ durationMicroseconds }) => microseconds(durationMicroseconds),
  },
  {
    key: 'text',
    label: say(column.text),
    width: 'minmax(160px, 1.6fr)',
    render: (run) => <span title={run.error ?? run.trace}>{firstLineOf(run)}</span>,
  },
]

/** The columns beside an open run, whose panel shows the rest. */
const FEW_COLUMNS = ['time', 'outcome', 'plugin', 'step', 'record', 'duration']

/** Lists the matching runs. While the person examines rows, they do not move: newer runs are counted, and shown on demand. */
export function TraceGrid({ opened }: { opened: number | null }) {
  const words = useWords()
  const { say } = words
  const columns = useMemo(() => columnsIn(words), [words])
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
        <span className="ui-muted">{say(countText(log))}</span>
        {log.newer.count > 0 && (
          <Button className="frame-newer" icon={<ArrowUp size={13} aria-hidden />} onClick={showTop}>
            {say(newerText(log.newer, 'runs'))}
          </Button>
        )}
      </div>
      {log.error !== null && (
        <div className="trace-message">
          <ErrorNotice
            error={log.error}
            title={say(log.rows.pages.size === 0 ? text.notRead : text.partNotRead)}
            action={<Button onClick={refresh}>{say(traceText.tryAgain)}</Button>}
          />
        </div>
      )}
      <div className="trace-grid" onPointerEnter={() => hold('pointer', true)} onPointerLeave={() => hold('pointer', false)}>
        {(log.rows.pages.size > 0 || log.error === null) && (
          <RowGrid
            label={say(text.label)}
            handle={handle}
            minWidth={opened === null ? 1240 : 780}
            columns={opened === null ? columns : columns.filter(({ key }) => FEW_COLUMNS.includes(key))}
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

function countText(log: Parameters<typeof isLoading>[0]): Message {
  if (isLoading(log)) return text.reading
  const { end, starts } = log.rows
  return end === null ? text.moreThan({ count: (starts.length - 1) * PAGE_ROWS }) : text.count({ count: end })
}

function NoRuns() {
  const { say } = useWords()
  const trace = useStore(traceStore)
  const view = useStore(viewStore)
  const filter = useStoreState(traceStore, (state) => state.filter)
  const kept = useStoreState(settingsStore, (state) => state.settings?.pluginTraceLog)
  if (isFiltered(filter)) {
    return (
      <EmptyState
        icon={<ScrollText size={28} />}
        title={say(text.noMatch)}
        action={<Button onClick={() => trace.getState().showOnly(EVERY_RUN)}>{say(traceText.clearFilters)}</Button>}
      >
        {say(text.noMatchSentence)}
      </EmptyState>
    )
  }
  if (kept === 'Off') {
    return (
      <EmptyState
        icon={<ScrollText size={28} />}
        title={say(text.off)}
        action={<Button onClick={() => view.getState().go({ screen: 'settings' })}>{say(text.openSettings)}</Button>}
      >
        {say(text.offSentence)}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<ScrollText size={28} />}
      title={say(kept === 'Exception' ? text.noneFailed : text.none)}
      action={<Button onClick={() => view.getState().goToScreen('records')}>{say(text.openRecords)}</Button>}
    >
      {say(kept === 'Exception' ? text.noneFailedSentence : text.noneSentence)}
    </EmptyState>
  )
}
