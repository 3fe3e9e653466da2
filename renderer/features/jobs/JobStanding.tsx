import { CircleAlert, CirclePause, Clock3, X, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Job } from '#engine/contract/jobs'
import { faultsInForce, faultsStore } from '../../frame/stores/faults.ts'
import { isPostponed, isUnderWay, jobsStore } from '../../frame/stores/jobs.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Remaining } from '../../ui/Remaining.tsx'
import { JobMoves } from './JobMoves.tsx'
import { JobPluginCause } from './JobPluginCause.tsx'
import { adviceOf, MOVES, nextStepOf } from './job-words.ts'

const ICONS: Partial<Record<Job['status'], ReactNode>> = {
  Waiting: <Clock3 size={16} aria-hidden />,
  Paused: <CirclePause size={16} aria-hidden />,
  Failed: <CircleAlert size={16} aria-hidden />,
}

/** Shows the state of a job: what stopped it, what happens by itself, and what a person can do. */
export function JobStanding({ job }: { job: Job }) {
  return (
    <section className={`jobs-standing jobs-standing-${job.status.replace(' ', '-')}`} aria-label="What happens next">
      {ICONS[job.status] ?? null}
      <div className="jobs-standing-text">
        <Headline job={job} />
        {job.message !== null && <Cause job={job} />}
        <JobPluginCause job={job} />
        <p className="ui-muted">{nextStepOf(job)}</p>
        {job.status === 'Paused' && <JobMoves job={job} />}
        <RefusedMove jobId={job.id} />
        {(isUnderWay(job) || job.status === 'Paused') && <Faults />}
      </div>
    </section>
  )
}

function Headline({ job }: { job: Job }) {
  const maxAttempts = useStoreState(settingsStore, (state) => state.settings?.maxAttempts)
  if (isPostponed(job)) {
    const tries = maxAttempts === undefined ? formatCount(job.attempts) : `${formatCount(job.attempts)} of ${formatCount(maxAttempts)}`
    return (
      <h2 className="jobs-standing-title">
        Next try in <Remaining untilMs={job.postponeUntilMs} />
        <span className="ui-muted jobs-standing-note">
          try {tries} failed, {countOf(job.retryCount, 'retry', 'retries')} in all
        </span>
      </h2>
    )
  }
  if (job.status === 'Paused') return <h2 className="jobs-standing-title">Paused after {countOf(job.attempts, 'try', 'tries')}</h2>
  return job.status === 'Failed' ? <h2 className="jobs-standing-title">Failed</h2> : null
}

function Cause({ job }: { job: Job }) {
  const advice = adviceOf(job)
  return (
    <>
      <p className="jobs-standing-cause">
        {job.message}
        {job.errorCode !== null && <span className="jobs-standing-code">{job.errorCode}</span>}
      </p>
      {advice !== '' && <p className="jobs-standing-advice">{advice}</p>}
    </>
  )
}

function RefusedMove({ jobId }: { jobId: string }) {
  const jobs = useStore(jobsStore)
  const refused = useStoreState(jobsStore, (state) => (state.refusedMove?.jobId === jobId ? state.refusedMove : null))
  if (refused === null) return null
  return (
    <ErrorNotice
      error={refused.error}
      title={MOVES[refused.move].refused}
      action={
        <IconButton label="Dismiss" onClick={() => jobs.getState().dismissRefusedMove()}>
          <X size={14} />
        </IconButton>
      }
    />
  )
}

/** Says that faults on purpose are on, so that a failure is not mistaken for a real one. */
function Faults() {
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const inForce = faultsInForce({ faults: current, changedUsers })
  if (inForce.length === 0) return null
  return (
    <p className="jobs-standing-faults">
      <Zap size={13} aria-hidden /> On purpose: {inForce.join('; ')}.{' '}
      <button type="button" className="ui-link" onClick={() => faults.getState().openPanel(true)}>
        Open the faults
      </button>
    </p>
  )
}
