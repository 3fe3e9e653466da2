import { progressTone } from '../../frame/progress-tone.ts'
import { isPostponed, jobsStore } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { countOf, formatCount } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/Progress.tsx'
import { Remaining } from '../../ui/Remaining.tsx'

/** Says that the operation continues as a system job, with a link to it. */
export function StartedJob({ jobId, onOpen }: { jobId: string; onOpen: () => void }) {
  const view = useStore(viewStore)
  const job = useStoreState(jobsStore, (state) => state.jobs?.find((other) => other.id === jobId))
  return (
    <div className="dialogs-started" role="status">
      <h3 className="ui-heading">Runs as a system job</h3>
      <p>
        The change happens in batches: each finished batch shows its new values at once, and other work goes on in between. You can close
        this dialog; the status bar follows the job.
      </p>
      {job !== undefined && (
        <>
          <ProgressBar label={job.name} done={job.processed} total={job.total === 0 ? null : job.total} tone={progressTone(job.status)} />
          <p className="ui-muted">
            {job.status}: {formatCount(job.processed)} of {countOf(job.total, 'record')}
            {isPostponed(job) && (
              <>
                , next try in <Remaining untilMs={job.postponeUntilMs} />
              </>
            )}
          </p>
          {job.message !== null && <p>{job.friendlyMessage ?? job.message}</p>}
        </>
      )}
      <button
        type="button"
        className="ui-link"
        onClick={() => {
          onOpen()
          view.getState().go({ screen: 'jobs', jobId })
        }}
      >
        Open the system job
      </button>
    </div>
  )
}
