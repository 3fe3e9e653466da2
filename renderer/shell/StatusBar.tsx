import { CircleAlert, X, Zap } from 'lucide-react'
import type { Job } from '#engine/contract/jobs'
import { transferStore } from '../features/transfer/stores/transfer.ts'
import { activityStore } from '../frame/stores/activity.ts'
import { faultsInForce, faultsStore } from '../frame/stores/faults.ts'
import { isPostponed, isUnderWay, jobsStore } from '../frame/stores/jobs.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { countOf, formatCount } from '../ui/format.ts'
import { ProgressBar } from '../ui/Progress.tsx'
import { Remaining } from '../ui/Remaining.tsx'

/** Shows running work on every screen, with links to it. */
export function StatusBar() {
  const view = useStore(viewStore)
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
          {countOf(running.length - 2, 'more job')}
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
          <span className="ui-clip">{item.label}</span>
          <ProgressBar label={item.label} done={item.done} total={item.total} />
          <span>{item.total === null ? formatCount(item.done) : `${formatCount(item.done)} of ${formatCount(item.total)}`}</span>
        </button>
      ))}
      {running.length === 0 && progress.length === 0 && <span className="ui-muted">Nothing is running</span>}
      {paused.length > 0 && (
        <button
          type="button"
          className="app-status-paused"
          onClick={() => view.getState().go({ screen: 'jobs', jobId: paused.length === 1 ? (paused[0]?.id ?? null) : null })}
        >
          {countOf(paused.length, 'paused job')}
        </button>
      )}
      <FaultsOn />
      <LastError />
    </footer>
  )
}

/** Says that faults on purpose are on, so that failures are not mistaken for defects. */
function FaultsOn() {
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const inForce = faultsInForce({ faults: current, changedUsers })
  if (inForce.length === 0) return null
  return (
    <button type="button" className="app-status-faults" title={inForce.join('\n')} onClick={() => faults.getState().openPanel(true)}>
      <Zap size={12} aria-hidden />
      <span className="ui-clip">
        {countOf(inForce.length, 'fault')} on{inForce.length === 1 && `: ${inForce[0]}`}
      </span>
    </button>
  )
}

function RunningJob({ job }: { job: Job }) {
  const view = useStore(viewStore)
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
      <span>{planning ? 'planning' : `${formatCount(job.processed)} of ${formatCount(job.total)}`}</span>
      {isPostponed(job) && (
        <span className="app-faults-on">
          next try in <Remaining untilMs={job.postponeUntilMs} />
        </span>
      )}
      {job.status === 'In Progress' && speed !== undefined && speed > 0 && <span className="ui-muted">{formatCount(speed)}/s</span>}
    </button>
  )
}

function LastError() {
  const activity = useStore(activityStore)
  const lastError = useStoreState(activityStore, (state) => state.lastError)
  if (lastError === null) return null
  return (
    <span className="app-status-error" title={`${lastError.error.message}\n${lastError.error.hint ?? ''}`}>
      <CircleAlert size={13} aria-hidden />
      <span className="ui-clip">
        {lastError.title}: {lastError.error.message}
      </span>
      <button
        type="button"
        className="ui-search-clear app-status-dismiss"
        aria-label="Dismiss the last error"
        onClick={() => activity.getState().dismissLastError()}
      >
        <X size={12} />
      </button>
    </span>
  )
}
