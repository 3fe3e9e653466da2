import { CircleAlert, CirclePause, Clock3, X, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Job } from '#engine/contract/jobs'
import type { Message } from '#text/message'
import { faultsInForce, faultsStore } from '../../frame/stores/faults.ts'
import { isPostponed, isUnderWay, jobsStore } from '../../frame/stores/jobs.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Remaining } from '../../ui/Remaining.tsx'
import { JobMoves } from './JobMoves.tsx'
import { JobPluginCause } from './JobPluginCause.tsx'
import { nextStepOf } from './job-words.ts'
import { jobText } from './texts.ts'

const { standing: text } = jobText

const ICONS: Partial<Record<Job['status'], ReactNode>> = {
  Waiting: <Clock3 size={16} aria-hidden />,
  Paused: <CirclePause size={16} aria-hidden />,
  Failed: <CircleAlert size={16} aria-hidden />,
}

/** Shows the state of a job: what stopped it, what happens by itself, and what a person can do. */
export function JobStanding({ job, waitsFor }: { job: Job; waitsFor: Message | null }) {
  const { say } = useWords()
  return (
    <section className={`jobs-standing jobs-standing-${job.status.replace(' ', '-')}`} aria-label={say(text.label)}>
      {ICONS[job.status] ?? null}
      <div className="jobs-standing-text">
        <Headline job={job} />
        {job.message !== null && <Cause job={job} message={job.message} />}
        <JobPluginCause job={job} />
        <p className="ui-muted">{say(isPostponed(job) ? nextStepOf(job) : (waitsFor ?? nextStepOf(job)))}</p>
        <JobMoves job={job} />
        <RefusedMove jobId={job.id} />
        {(isUnderWay(job) || job.status === 'Paused') && <Faults />}
      </div>
    </section>
  )
}

function Headline({ job }: { job: Job }) {
  const { say } = useWords()
  const maxAttempts = useStoreState(settingsStore, (state) => state.settings?.maxAttempts)
  if (isPostponed(job)) {
    const tries = { attempt: job.attempts, retries: job.retryCount }
    return (
      <h2 className="jobs-standing-title">
        <Text of={text.nextTry} tags={{ time: () => <Remaining untilMs={job.postponeUntilMs} /> }} />
        <span className="ui-muted jobs-standing-note">
          {say(maxAttempts === undefined ? text.tryFailed(tries) : text.tryOfFailed({ ...tries, maxAttempts }))}
        </span>
      </h2>
    )
  }
  if (job.status === 'Paused') return <h2 className="jobs-standing-title">{say(text.pausedAfter({ attempts: job.attempts }))}</h2>
  return job.status === 'Failed' ? <h2 className="jobs-standing-title">{say(text.failed)}</h2> : null
}

function Cause({ job, message }: { job: Job; message: Message }) {
  const { say } = useWords()
  return (
    <>
      <p className="jobs-standing-cause">
        {say(message)}
        {job.errorCode !== null && <span className="jobs-standing-code">{job.errorCode}</span>}
      </p>
      {job.hint !== null && <p className="jobs-standing-advice">{say(job.hint)}</p>}
    </>
  )
}

function RefusedMove({ jobId }: { jobId: string }) {
  const { say } = useWords()
  const jobs = useStore(jobsStore)
  const refused = useStoreState(jobsStore, (state) => (state.refusedMove?.jobId === jobId ? state.refusedMove : null))
  if (refused === null) return null
  return (
    <ErrorNotice
      error={refused.error}
      title={say(jobText.move[refused.move].refused)}
      action={
        <IconButton label={say(jobText.dismiss)} onClick={() => jobs.getState().dismissRefusedMove()}>
          <X size={14} />
        </IconButton>
      }
    />
  )
}

/** Says that faults on purpose are on, so that a failure is not mistaken for a real one. */
function Faults() {
  const { say } = useWords()
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const inForce = faultsInForce({ faults: current, changedUsers })
  if (inForce.length === 0) return null
  return (
    <p className="jobs-standing-faults">
      <Zap size={13} aria-hidden /> {say(text.onPurpose({ faults: inForce.map(say).join('; ') }))}{' '}
      <button type="button" className="ui-link" onClick={() => faults.getState().openPanel(true)}>
        {say(text.openFaults)}
      </button>
    </p>
  )
}
