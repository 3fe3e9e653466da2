import { jobStatus } from '#text/english/jobs'
import { progressTone } from '../../frame/progress-tone.ts'
import { isPostponed, jobsStore } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { ProgressBar } from '../../ui/Progress.tsx'
import { Remaining } from '../../ui/Remaining.tsx'
import { cascadeText } from './texts.ts'

const { started: text } = cascadeText

/** Says that the operation continues as a system job, with a link to it. */
export function StartedJob({ jobId, onOpen }: { jobId: string; onOpen: () => void }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const job = useStoreState(jobsStore, (state) => state.jobs?.find((other) => other.id === jobId))
  return (
    <div className="dialogs-started" role="status">
      <h3 className="ui-heading">{say(text.heading)}</h3>
      <p>{say(text.explanation)}</p>
      {job !== undefined && (
        <>
          <ProgressBar label={job.name} done={job.processed} total={job.total === 0 ? null : job.total} tone={progressTone(job.status)} />
          <p className="ui-muted">
            {isPostponed(job) ? (
              <Text
                of={text.standingPostponed({ status: jobStatus[job.status], done: job.processed, total: job.total })}
                tags={{ remaining: () => <Remaining untilMs={job.postponeUntilMs} /> }}
              />
            ) : (
              say(text.standing({ status: jobStatus[job.status], done: job.processed, total: job.total }))
            )}
          </p>
          {job.message !== null && <p>{say(job.friendlyMessage ?? job.message)}</p>}
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
        {say(text.open)}
      </button>
    </div>
  )
}
