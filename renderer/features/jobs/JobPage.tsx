import { Zap } from 'lucide-react'
import { useEffect } from 'react'
import type { Job } from '#engine/contract/jobs'
import { jobStatus } from '#text/english/jobs'
import type { Message } from '#text/message'
import { NotFound } from '../../frame/NotFound.tsx'
import { progressTone } from '../../frame/progress-tone.ts'
import { Screen } from '../../frame/Screen.tsx'
import { faultsStore } from '../../frame/stores/faults.ts'
import { isUnderWay, jobsStore } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { JobFields } from './JobFields.tsx'
import { JobMessages } from './JobMessages.tsx'
import { JobStanding } from './JobStanding.tsx'
import { JobStepTimes } from './JobStepTimes.tsx'
import { STATUS_TONE } from './job-words.ts'
import { jobText } from './texts.ts'

const { page: text } = jobText

export function JobPage({ jobId }: { jobId: string }) {
  const { say } = useWords()
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
        {say(jobText.title)}
      </button>
      <span className="ui-muted" aria-hidden>
        /
      </span>
    </>
  )
  if (details === null) {
    return (
      <Screen
        title={
          <>
            {crumb} {say(text.job)}
          </>
        }
      >
        {error === null ? (
          <SkeletonLines lines={10} label={say(text.loading)} />
        ) : error.code === 'RECORD_NOT_FOUND' ? (
          <NotFound what="job" />
        ) : (
          <ErrorNotice
            error={error}
            title={say(text.notRead)}
            action={<Button onClick={() => void jobs.getState().openJob(jobId)}>{say(jobText.tryAgain)}</Button>}
          />
        )}
      </Screen>
    )
  }
  const { job, messages, waitsFor } = details
  return (
    <Screen
      title={
        <>
          {crumb} {job.name} <Badge tone={STATUS_TONE[job.status]}>{say(jobStatus[job.status])}</Badge>
        </>
      }
      actions={
        <Button icon={<Zap size={14} />} onClick={() => faults.getState().openPanel(true)}>
          {say(text.faults)}
        </Button>
      }
      sentence={say(sentenceOf(job))}
    >
      <section className="jobs-head" aria-label={say(text.progress)}>
        <ProgressBar
          label={say(text.progress)}
          done={job.processed}
          total={job.total === 0 && isUnderWay(job) ? null : Math.max(1, job.total)}
          tone={progressTone(job.status)}
        />
        <p role="status">{say(progressOf(job, speed))}</p>
      </section>
      <JobStanding job={job} waitsFor={waitsFor} />
      <JobStepTimes job={job} />
      <div className="jobs-columns">
        <JobFields job={job} />
        <JobMessages messages={messages} />
      </div>
    </Screen>
  )
}

function sentenceOf({ messageName: message, regarding, createdBy }: Job): Message {
  const user = createdBy.name ?? text.someUser
  return regarding === null ? text.sentence({ message, user }) : text.sentenceOf({ message, user, record: regarding.name ?? regarding.id })
}

function progressOf(job: Job, speed = 0): Message {
  if (job.total === 0 && isUnderWay(job)) return text.planning
  const extent = { done: job.processed, total: job.total, batches: job.batches }
  return job.status === 'In Progress' && speed > 0 ? text.doneAtSpeed({ ...extent, speed }) : text.done(extent)
}
