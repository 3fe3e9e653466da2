import { ListChecks, X } from 'lucide-react'
import { useMemo } from 'react'
import type { Job } from '#engine/contract/jobs'
import { jobStatus } from '#text/english/jobs'
import { Screen } from '../../frame/Screen.tsx'
import { isPostponed, jobsStore } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { Text } from '../../text/Text.tsx'
import { useWords, type Words } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Remaining } from '../../ui/Remaining.tsx'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { JobMoveIcons } from './JobMoves.tsx'
import { JobProgress } from './JobProgress.tsx'
import { errorOf, STATUS_TONE } from './job-words.ts'
import { jobText } from './texts.ts'
import { ViewSelect } from './ViewSelect.tsx'

const { field, list: text } = jobText

const columnsIn = ({ count, say }: Words): RowGridColumn<Job>[] => [
  {
    key: 'name',
    label: say(field.name),
    width: 'minmax(180px, 2.2fr)',
    render: (job) => <span title={job.name}>{shortenMiddle(job.name, 70)}</span>,
  },
  {
    key: 'status',
    label: say(field.status),
    width: '104px',
    render: ({ status }) => <Badge tone={STATUS_TONE[status]}>{say(jobStatus[status])}</Badge>,
  },
  { key: 'next', label: say(field.next), width: '128px', render: (job) => <NextStep job={job} /> },
  { key: 'progress', label: say(field.progress), width: '180px', render: (job) => <JobProgress job={job} /> },
  { key: 'retries', label: say(field.retries), width: '64px', align: 'end', render: (job) => count(job.retryCount) },
  {
    key: 'regarding',
    label: say(field.regarding),
    width: 'minmax(110px, 1.2fr)',
    render: (job) => (
      <span title={job.regarding?.name ?? job.regarding?.id}>
        {job.regarding === null ? '' : (job.regarding.name ?? shortenMiddle(job.regarding.id, 12))}
      </span>
    ),
  },
  { key: 'created', label: say(field.createdOn), width: '120px', render: (job) => <Time ms={job.createdOnMs} /> },
  {
    key: 'completed',
    label: say(field.completedOn),
    width: '120px',
    render: (job) => (job.completedOnMs === null ? '' : <Time ms={job.completedOnMs} />),
  },
  { key: 'by', label: say(field.createdBy), width: 'minmax(90px, 0.8fr)', render: (job) => job.createdBy.name ?? '' },
  {
    key: 'message',
    label: say(field.message),
    width: 'minmax(170px, 1.8fr)',
    render: (job) => <span title={job.friendlyMessage ? say(job.friendlyMessage) : undefined}>{errorOf(job, say)}</span>,
  },
]

/** Shows when a postponed job continues, and the actions on a paused one. */
function NextStep({ job }: { job: Job }) {
  if (job.status === 'Paused') return <JobMoveIcons key={job.id} job={job} />
  if (!isPostponed(job)) return null
  return <Text of={text.nextTry} tags={{ time: () => <Remaining untilMs={job.postponeUntilMs} /> }} />
}

export function JobList() {
  const words = useWords()
  const { say } = words
  const columns = useMemo(() => columnsIn(words), [words])
  const store = useStore(jobsStore)
  const places = useStore(viewStore)
  const jobs = useStoreState(jobsStore, (state) => state.jobs)
  const error = useStoreState(jobsStore, (state) => state.error)
  const refused = useStoreState(jobsStore, (state) => state.refusedMove)
  const place = useListPlace('jobs')
  return (
    <Screen fills title={say(jobText.title)} sentence={say(text.sentence)}>
      <div className="jobs-toolbar">
        <ViewSelect view="cascadeOperations" />
      </div>
      {refused !== null && (
        <div className="jobs-message jobs-refused">
          <ErrorNotice
            error={refused.error}
            title={say(jobText.move[refused.move].refused)}
            action={
              <IconButton label={say(jobText.dismiss)} onClick={() => store.getState().dismissRefusedMove()}>
                <X size={14} />
              </IconButton>
            }
          />
        </div>
      )}
      {error !== null && (
        <div className="jobs-message">
          <ErrorNotice
            error={error}
            title={say(jobText.notRead)}
            action={<Button onClick={() => void store.getState().load()}>{say(jobText.tryAgain)}</Button>}
          />
        </div>
      )}
      {error === null && jobs === null && (
        <div className="jobs-message">
          <SkeletonLines lines={8} label={say(text.loading)} />
        </div>
      )}
      {jobs?.length === 0 && (
        <EmptyState
          icon={<ListChecks size={28} />}
          title={say(text.none)}
          action={<Button onClick={() => places.getState().goToScreen('records')}>{say(text.openRecords)}</Button>}
        >
          {say(text.noneSentence)}
        </EmptyState>
      )}
      {jobs !== null && jobs.length > 0 && (
        <div className="jobs-list">
          <RowGrid
            label={say(jobText.title)}
            minWidth={1256}
            columns={columns}
            count={jobs.length}
            itemAt={(row) => jobs[row]}
            {...place}
            onOpen={(job) => places.getState().go({ screen: 'jobs', jobId: job.id })}
          />
        </div>
      )}
    </Screen>
  )
}
