import { ArrowUp, ListChecks } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import type { StepJob } from '#engine/contract/jobs'
import { jobStatus } from '#text/english/jobs'
import { recordText } from '../../frame/RecordLink.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { isEmpty, isLoading, reachableRows, rowAt } from '../../frame/stores/newest-first.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { newerText } from '../../frame/trace-words.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { useWords, type Words } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { Time } from '../../ui/Time.tsx'
import type { VirtualRowsHandle } from '../../ui/VirtualRows.tsx'
import { errorOf, STATUS_TONE } from './job-words.ts'
import { StepJobPanel } from './StepJobPanel.tsx'
import { stepJobsStore } from './stores/step-jobs.ts'
import { jobText } from './texts.ts'
import { ViewSelect } from './ViewSelect.tsx'

const { field, events: text } = jobText

const columnsIn = ({ count, say }: Words): RowGridColumn<StepJob>[] => [
  {
    key: 'name',
    label: say(field.name),
    width: 'minmax(170px, 1.8fr)',
    render: ({ name }) => <span title={name}>{shortenMiddle(name, 60)}</span>,
  },
  {
    key: 'status',
    label: say(field.status),
    width: '104px',
    render: ({ status }) => <Badge tone={STATUS_TONE[status]}>{say(jobStatus[status])}</Badge>,
  },
  {
    key: 'plugin',
    label: say(field.plugin),
    width: 'minmax(120px, 1fr)',
    render: ({ plugin }) => <span title={plugin}>{shortenMiddle(plugin, 40)}</span>,
  },
  {
    key: 'message',
    label: say(field.message),
    width: 'minmax(90px, 0.7fr)',
    render: ({ messageName }) => <span title={messageName}>{messageName}</span>,
  },
  {
    key: 'regarding',
    label: say(field.regarding),
    width: 'minmax(120px, 1.2fr)',
    render: ({ regarding }) =>
      regarding === null ? '' : <span title={`${regarding.name ?? ''} ${regarding.id}`}>{shortenMiddle(recordText(regarding), 50)}</span>,
  },
  { key: 'retries', label: say(field.retries), width: '64px', align: 'end', render: ({ retryCount }) => count(retryCount) },
  { key: 'created', label: say(field.createdOn), width: '120px', render: ({ createdOnMs }) => <Time ms={createdOnMs} /> },
  {
    key: 'completed',
    label: say(field.completedOn),
    width: '120px',
    render: ({ completedOnMs }) => (completedOnMs === null ? '' : <Time ms={completedOnMs} />),
  },
  { key: 'by', label: say(field.createdBy), width: 'minmax(80px, 0.7fr)', render: ({ createdBy }) => createdBy.name ?? '' },
  {
    key: 'error',
    label: say(field.error),
    width: 'minmax(150px, 1.6fr)',
    render: (job) => <span title={job.message ? say(job.message) : undefined}>{errorOf(job, say)}</span>,
  },
]

/** Lists system jobs of asynchronous steps, the platform's System Events. */
export function StepJobList() {
  const words = useWords()
  const { say } = words
  const columns = useMemo(() => columnsIn(words), [words])
  const stepJobs = useStore(stepJobsStore)
  const list = useStoreState(stepJobsStore, (state) => state.list)
  const total = useStoreState(stepJobsStore, (state) => state.total)
  const onlyFailed = useStoreState(stepJobsStore, (state) => state.onlyFailed)
  const opened = useStoreState(stepJobsStore, (state) => state.opened)
  const place = useListPlace('stepJobs')
  const handle = useRef<VirtualRowsHandle>(null)
  const { watch, leave, hold, open, showOnlyFailed, showRange, showNewest, refresh } = stepJobs.getState()
  useEffect(() => {
    watch()
    return leave
  }, [watch, leave])
  useEffect(() => hold('opened', opened !== null), [hold, opened])
  useEffect(() => hold('row', place.place.active > 0), [hold, place.place.active])
  const showTop = () => {
    place.onPlace({ active: 0, top: 0 })
    handle.current?.showRow(0)
    showNewest()
  }
  const isNone = isEmpty(list) && list.error === null
  return (
    <Screen
      fills
      title={say(jobText.title)}
      sentence={say(text.sentence)}
      side={opened === null ? null : <StepJobPanel job={opened} onClose={() => open(null)} />}
    >
      <div className="jobs-toolbar">
        <ViewSelect view="systemEvents" />
        <Checkbox checked={onlyFailed} onChange={showOnlyFailed}>
          {say(text.onlyFailed)}
        </Checkbox>
        <span className="jobs-toolbar-end">
          {list.newer.count > 0 && (
            <Button className="frame-newer" icon={<ArrowUp size={13} aria-hidden />} onClick={showTop}>
              {say(newerText(list.newer, 'jobs'))}
            </Button>
          )}
          <span className="ui-muted">{isLoading(list) ? say(text.reading) : total !== null && say(text.count({ count: total }))}</span>
        </span>
      </div>
      {list.error !== null && (
        <div className="jobs-message jobs-refused">
          <ErrorNotice
            error={list.error}
            title={say(list.rows.pages.size === 0 ? jobText.notRead : text.partNotRead)}
            action={<Button onClick={refresh}>{say(jobText.tryAgain)}</Button>}
          />
        </div>
      )}
      {isNone && (
        <EmptyState
          icon={<ListChecks size={28} />}
          title={say(onlyFailed ? text.noneFailed : text.none)}
          action={onlyFailed ? <Button onClick={() => showOnlyFailed(false)}>{say(text.showAll)}</Button> : undefined}
        >
          {say(onlyFailed ? text.noneFailedSentence : text.noneSentence)}
        </EmptyState>
      )}
      {!isNone && (list.rows.pages.size > 0 || list.error === null) && (
        <div className="jobs-list" onPointerEnter={() => hold('pointer', true)} onPointerLeave={() => hold('pointer', false)}>
          <RowGrid
            label={say(text.label)}
            handle={handle}
            minWidth={1240}
            columns={columns}
            count={reachableRows(list.rows)}
            itemAt={(row) => rowAt(list.rows, row)}
            {...place}
            onVisible={showRange}
            isCurrent={(job) => job.id === opened?.id}
            onOpen={open}
            onClose={() => open(null)}
          />
        </div>
      )}
    </Screen>
  )
}
