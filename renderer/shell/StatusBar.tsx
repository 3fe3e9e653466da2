import { CircleAlert, X, Zap } from 'lucide-react'
import type { Job } from '#engine/contract/jobs'
import { transferStore } from '../features/transfer/stores/transfer.ts'
import { activityStore } from '../frame/stores/activity.ts'
import { faultsInForce, faultsStore } from '../frame/stores/faults.ts'
import { isPostponed, isUnderWay, jobsStore } from '../frame/stores/jobs.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { errorHint, errorMessage } from '../text/say-error.ts'
import { Text } from '../text/Text.tsx'
import { useWords } from '../text/words.ts'
import { ProgressBar } from '../ui/Progress.tsx'
import { Remaining } from '../ui/Remaining.tsx'
import { shellText } from './texts.ts'

/** Shows running work on every screen, with links to it. */
export function StatusBar() {
  const view = useStore(viewStore)
  const { say, count } = useWords()
  const jobs = useStoreState(jobsStore, (state) => state.jobs)
  const progress = useStoreState(activityStore, (state) => state.progress)
  const running = (jobs ?? []).filter(isUnderWay)
  const paused = (jobs ?? []).filter((job) => job.status === 'Paused')
  const isImporting = useStoreState(transferStore, (state) => state.flow.step === 'running')
  return (
    <footer className="app-status">
      {running.slice(0, 2).map((job) => (
        <RunningJob key={job.id} job={job} />
      ))}
      {running.length > 2 && (
        <button type="button" className="ui-link" onClick={() => view.getState().go({ screen: 'jobs', jobId: null })}>
          {say(shellText.status.moreJobs({ count: running.length - 2 }))}
        </button>
      )}
      {progress.slice(0, 2).map((item) => (
        <button
          key={item.id}
          type="button"
          className="app-status-work"
          disabled={!isImporting}
          onClick={() => view.getState().go({ screen: 'import' })}
        >
          <span className="ui-clip">{say(item.label)}</span>
          <ProgressBar label={say(item.label)} done={item.done} total={item.total} />
          <span>{item.total === null ? count(item.done) : say(shellText.status.progress({ done: item.done, total: item.total }))}</span>
        </button>
      ))}
      {running.length === 0 && progress.length === 0 && <span className="ui-muted">{say(shellText.status.nothing)}</span>}
      {paused.length > 0 && (
        <button
          type="button"
          className="app-status-paused"
          onClick={() => view.getState().go({ screen: 'jobs', jobId: paused.length === 1 ? (paused[0]?.id ?? null) : null })}
        >
          {say(shellText.status.pausedJobs({ count: paused.length }))}
        </button>
      )}
      <FaultsOn />
      <LastError />
    </footer>
  )
}

/** Says that faults on purpose are on, so that failures are not mistaken for defects. */
function FaultsOn() {
  const { say } = useWords()
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const inForce = faultsInForce({ faults: current, changedUsers })
  if (inForce.length === 0) return null
  return (
    <button
      type="button"
      className="app-status-faults"
      title={inForce.map(say).join('\n')}
      onClick={() => faults.getState().openPanel(true)}
    >
      <Zap size={12} aria-hidden />
      <span className="ui-clip">
        {inForce.length === 1 && inForce[0] !== undefined
          ? say(shellText.status.fault({ fault: inForce[0] }))
          : say(shellText.status.faults({ count: inForce.length }))}
      </span>
    </button>
  )
}

function RunningJob({ job }: { job: Job }) {
  const view = useStore(viewStore)
  const { say } = useWords()
  const speed = useStoreState(jobsStore, (state) => state.speeds[job.id])
  const planning = job.total === 0
  return (
    <button
      type="button"
      className="app-status-work"
      title={job.name}
      onClick={() => view.getState().go({ screen: 'jobs', jobId: job.id })}
    >
      <span className="ui-clip">{job.messageName}</span>
      <ProgressBar label={job.name} done={job.processed} total={planning ? null : job.total} />
      <span>{say(planning ? shellText.status.planning : shellText.status.progress({ done: job.processed, total: job.total }))}</span>
      {isPostponed(job) && (
        <span className="app-faults-on">
          <Text of={shellText.status.nextTry} tags={{ time: () => <Remaining untilMs={job.postponeUntilMs} /> }} />
        </span>
      )}
      {job.status === 'In Progress' && speed !== undefined && speed > 0 && (
        <span className="ui-muted">{say(shellText.status.speed({ count: speed }))}</span>
      )}
    </button>
  )
}

function LastError() {
  const activity = useStore(activityStore)
  const words = useWords()
  const lastError = useStoreState(activityStore, (state) => state.lastError)
  if (lastError === null) return null
  const { say } = words
  const reason = errorMessage(words, lastError.error)
  return (
    <span className="app-status-error" title={[reason, errorHint(words, lastError.error)].filter((part) => part !== null).join('\n')}>
      <CircleAlert size={13} aria-hidden />
      <span className="ui-clip">{say(shellText.status.lastError({ title: lastError.title, reason }))}</span>
      <button
        type="button"
        className="ui-search-clear app-status-dismiss"
        aria-label={say(shellText.status.dismissLastError)}
        onClick={() => activity.getState().dismissLastError()}
      >
        <X size={12} />
      </button>
    </span>
  )
}
