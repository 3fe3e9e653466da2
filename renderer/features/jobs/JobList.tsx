import { ListChecks, X } from 'lucide-react'
import type { Job } from '#engine/contract/jobs'
import { Screen } from '../../frame/Screen.tsx'
import { isPostponed, jobsStore } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatCount, shortenMiddle } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Remaining } from '../../ui/Remaining.tsx'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { JobMoveIcons } from './JobMoves.tsx'
import { JobProgress } from './JobProgress.tsx'
import { MOVES, STATUS_TONE } from './job-words.ts'
import { ViewSelect } from './ViewSelect.tsx'

const COLUMNS: RowGridColumn<Job>[] = [
  {
    key: 'name',
    label: 'System Job Name',
    width: 'minmax(180px, 2.2fr)',
    render: (job) => <span title={job.name}>{shortenMiddle(job.name, 70)}</span>,
  },
  { key: 'status', label: 'Status', width: '104px', render: (job) => <Badge tone={STATUS_TONE[job.status]}>{job.status}</Badge> },
  { key: 'next', label: 'Next', width: '128px', render: (job) => <NextStep job={job} /> },
  { key: 'progress', label: 'Progress', width: '180px', render: (job) => <JobProgress job={job} /> },
  { key: 'retries', label: 'Retries', width: '64px', align: 'end', render: (job) => formatCount(job.retryCount) },
  {
    key: 'regarding',
    label: 'Regarding',
    width: 'minmax(110px, 1.2fr)',
    render: (job) => (
      <span title={job.regarding?.name ?? job.regarding?.id}>
        {job.regarding === null ? '' : (job.regarding.name ?? shortenMiddle(job.regarding.id, 12))}
      </span>
    ),
  },
  { key: 'created', label: 'Created On', width: '120px', render: (job) => <Time ms={job.createdOnMs} /> },
  {
    key: 'completed',
    label: 'Completed On',
    width: '120px',
    render: (job) => (job.completedOnMs === null ? '' : <Time ms={job.completedOnMs} />),
  },
  { key: 'by', label: 'Created By', width: 'minmax(90px, 0.8fr)', render: (job) => job.createdBy.name ?? '' },
  {
    key: 'message',
    label: 'Message',
    width: 'minmax(170px, 1.8fr)',
    render: (job) => (
      <span title={job.friendlyMessage ?? undefined}>{[job.errorCode, job.message].filter((part) => part !== null).join(' ')}</span>
    ),
  },
]

/** Shows when a postponed job continues, and the actions on a paused one. */
function NextStep({ job }: { job: Job }) {
  if (job.status === 'Paused') return <JobMoveIcons key={job.id} job={job} />
  if (!isPostponed(job)) return null
  return (
    <>
      next try in <Remaining untilMs={job.postponeUntilMs} />
    </>
  )
}

export function JobList() {
  const store = useStore(jobsStore)
  const places = useStore(viewStore)
  const jobs = useStoreState(jobsStore, (state) => state.jobs)
  const error = useStoreState(jobsStore, (state) => state.error)
  const refused = useStoreState(jobsStore, (state) => state.refusedMove)
  const place = useListPlace('jobs')
  return (
    <Screen
      fills
      title="System jobs"
      sentence="Cascades over many records run here, in batches: each finished batch shows its new values while the rest still waits."
    >
      <div className="jobs-toolbar">
        <ViewSelect view="cascadeOperations" />
      </div>
      {refused !== null && (
        <div className="jobs-message jobs-refused">
          <ErrorNotice
            error={refused.error}
            title={MOVES[refused.move].refused}
            action={
              <IconButton label="Dismiss" onClick={() => store.getState().dismissRefusedMove()}>
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
            title="The system jobs could not be read"
            action={<Button onClick={() => void store.getState().load()}>Try again</Button>}
          />
        </div>
      )}
      {error === null && jobs === null && (
        <div className="jobs-message">
          <SkeletonLines lines={8} label="Loading system jobs" />
        </div>
      )}
      {jobs?.length === 0 && (
        <EmptyState
          icon={<ListChecks size={28} />}
          title="No system jobs yet"
          action={<Button onClick={() => places.getState().goToScreen('records')}>Open records</Button>}
        >
          Assign, delete or merge a record with many children. From the threshold on, or with the mode Asynchronous, it runs as a system
          job.
        </EmptyState>
      )}
      {jobs !== null && jobs.length > 0 && (
        <div className="jobs-list">
          <RowGrid
            label="System jobs"
            minWidth={1256}
            columns={COLUMNS}
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
