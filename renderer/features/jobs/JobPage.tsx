import { Zap } from 'lucide-react'
import { useEffect } from 'react'
import { NotFound } from '../../frame/NotFound.tsx'
import { progressTone } from '../../frame/progress-tone.ts'
import { Screen } from '../../frame/Screen.tsx'
import { faultsStore } from '../../frame/stores/faults.ts'
import { isUnderWay, jobsStore } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/Progress.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { JobFields } from './JobFields.tsx'
import { JobMessages } from './JobMessages.tsx'
import { JobStanding } from './JobStanding.tsx'
import { JobStepTimes } from './JobStepTimes.tsx'
import { STATUS_TONE } from './job-words.ts'

export function JobPage({ jobId }: { jobId: string }) {
  const jobs = useStore(jobsStore)
  const view = useStore(viewStore)
  const faults = useStore(faultsStore)
  const details = useStoreState(jobsStore, (state) => (state.details?.job.id === jobId ? state.details : null))
  const error = useStoreState(jobsStore, (state) => state.detailsError)
  const speed = useStoreState(jobsStore, (state) => state.speeds[jobId])
  useEffect(() => void jobs.getState().openJob(jobId), [jobs, jobId])
  const crumb = (
    <>
      <button type="button" className="ui-crumb" onClick={() => view.getState().go({ screen: 'jobs', jobId: null })}>
        System jobs
      </button>
      <span className="ui-muted" aria-hidden>
        /
      </span>
    </>
  )
  if (details === null) {
    return (
      <Screen title={<>{crumb} Job</>}>
        {error === null ? (
          <SkeletonLines lines={10} label="Loading the job" />
        ) : error.code === 'RECORD_NOT_FOUND' ? (
          <NotFound what="job" />
        ) : (
          <ErrorNotice
            error={error}
            title="The job could not be read"
            action={<Button onClick={() => void jobs.getState().openJob(jobId)}>Try again</Button>}
          />
        )}
      </Screen>
    )
  }
  const { job, messages } = details
  const running = job.status === 'In Progress'
  return (
    <Screen
      title={
        <>
          {crumb} {job.name} <Badge tone={STATUS_TONE[job.status]}>{job.status}</Badge>
        </>
      }
      actions={
        <Button icon={<Zap size={14} />} onClick={() => faults.getState().openPanel(true)}>
          Faults
        </Button>
      }
      sentence={`${job.messageName}${job.regarding === null ? '' : ` of ${job.regarding.name ?? job.regarding.id}`}, started by ${job.createdBy.name ?? 'a user'}.`}
    >
      <section className="jobs-head" aria-label="Progress">
        <ProgressBar
          label="Progress"
          done={job.processed}
          total={job.total === 0 && isUnderWay(job) ? null : Math.max(1, job.total)}
          tone={progressTone(job.status)}
        />
        <p role="status">
          {job.total === 0 && isUnderWay(job)
            ? 'Planning which records are affected.'
            : `${formatCount(job.processed)} of ${countOf(job.total, 'record')} in ${countOf(job.batches, 'batch', 'batches')}`}
          {running && speed !== undefined && speed > 0 && `, ${formatCount(speed)} records a second`}
        </p>
      </section>
      <JobStanding job={job} />
      <JobStepTimes job={job} />
      <div className="jobs-columns">
        <JobFields job={job} />
        <JobMessages messages={messages} />
      </div>
    </Screen>
  )
}
