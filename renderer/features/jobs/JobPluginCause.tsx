import type { ReactNode } from 'react'
import type { Job } from '#engine/contract/jobs'
import { RecordLink } from '../../frame/RecordLink.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { stepPlaceOf, stepText } from '../../frame/trace-words.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { isStopped, jobStepsStore } from './stores/job-steps.ts'
import { jobText } from './texts.ts'

const { pluginCause: text } = jobText

/** Shows which plug-in stopped the job, in which step and on which record, with a link to the run. */
export function JobPluginCause({ job }: { job: Job }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const run = useStoreState(jobStepsStore, (state) => (state.jobId === job.id ? state.failure : null))
  if (run === null || !isStopped(job)) return null
  const { plugin, record } = run
  const step = stepText(stepPlaceOf(run))
  const name = (inside: ReactNode) => <strong>{inside}</strong>
  return (
    <p className="jobs-standing-plugin">
      {record === null ? (
        <Text of={text.sentence({ plugin, step })} tags={{ name }} />
      ) : (
        <Text of={text.sentenceOn({ plugin, step })} tags={{ name, record: () => <RecordLink record={record} /> }} />
      )}{' '}
      <button type="button" className="ui-link" onClick={() => view.getState().go({ screen: 'trace', run: run.number })}>
        {say(run.outcome === 'refused' ? text.openRefused : text.openFailed)}
      </button>
      {record !== null && (
        <>
          {' · '}
          <RecordLink record={record} part="steps">
            {say(text.allOfRecord)}
          </RecordLink>
        </>
      )}
    </p>
  )
}
