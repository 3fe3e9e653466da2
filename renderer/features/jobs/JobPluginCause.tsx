import type { Job } from '#engine/contract/jobs'
import { RecordLink } from '../../frame/RecordLink.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { stepPlaceOf, stepText } from '../../frame/trace-words.ts'
import { isStoppedBy, jobStepsStore } from './stores/job-steps.ts'

/** Shows which plug-in stopped the job, in which step and on which record, with a link to the run. */
export function JobPluginCause({ job }: { job: Job }) {
  const view = useStore(viewStore)
  const run = useStoreState(jobStepsStore, (state) => (state.jobId === job.id ? state.lastFailure : null))
  if (run === null || !isStoppedBy(job, run)) return null
  return (
    <p className="jobs-standing-plugin">
      Plug-in <strong>{run.plugin}</strong>, {stepText(stepPlaceOf(run))}
      {run.record !== null && (
        <>
          , on <RecordLink record={run.record} />
        </>
      )}
      .{' '}
      <button type="button" className="ui-link" onClick={() => view.getState().go({ screen: 'trace', run: run.number })}>
        Open the {run.outcome === 'refused' ? 'refused' : 'failed'} run
      </button>
      {run.record !== null && (
        <>
          {' · '}
          <RecordLink record={run.record} part="steps">
            All steps of this record
          </RecordLink>
        </>
      )}
    </p>
  )
}
