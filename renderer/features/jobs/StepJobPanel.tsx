import { ScrollText } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StepJob } from '#engine/contract/jobs'
import { jobStatus } from '#text/english/jobs'
import type { Message } from '#text/message'
import { RecordLink } from '../../frame/RecordLink.tsx'
import { SidePanel } from '../../frame/Screen.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Guid } from '../../ui/Guid.tsx'
import { Time } from '../../ui/Time.tsx'
import { JobMoves } from './JobMoves.tsx'
import { operationTypeLabel, STATUS_TONE, stateLabel } from './job-words.ts'
import { jobText } from './texts.ts'

const { field, events: text } = jobText

/** The system job of one asynchronous step. */
export function StepJobPanel({ job, onClose }: { job: StepJob; onClose: () => void }) {
  const { count, say } = useWords()
  const view = useStore(viewStore)
  const showRuns = () => {
    view.getState().go({ screen: 'trace', run: null, only: { plugin: job.plugin, correlationId: job.correlationId } })
  }
  const time = (ms: number | null): ReactNode => (ms === null ? null : <Time ms={ms} />)
  const fields: [label: Message, value: ReactNode][] = [
    [field.id, <Guid key="id" value={job.id} />],
    [field.operationType, say(operationTypeLabel(job.operationType))],
    [field.state, say(stateLabel(job))],
    [field.plugin, job.plugin],
    [field.messageName, job.messageName],
    [field.regarding, job.regarding === null ? null : <RecordLink key="regarding" record={job.regarding} />],
    [field.retryCount, count(job.retryCount)],
    [field.createdOn, time(job.createdOnMs)],
    [field.startedOn, time(job.startedOnMs)],
    [field.completedOn, time(job.completedOnMs)],
    [field.createdBy, job.createdBy.name],
    [field.depth, count(job.depth)],
    [field.correlationId, <Guid key="correlation" value={job.correlationId} />],
  ]
  return (
    <SidePanel
      label={say(text.event({ job: job.name }))}
      title={
        <>
          {job.name} <Badge tone={STATUS_TONE[job.status]}>{say(jobStatus[job.status])}</Badge>
        </>
      }
      onClose={onClose}
      actions={
        <Button icon={<ScrollText size={14} aria-hidden />} onClick={showRuns}>
          {say(text.runsInLog)}
        </Button>
      }
    >
      {job.message !== null && (
        <p className="jobs-step-error">
          {say(job.message)}
          {job.errorCode !== null && <span className="jobs-standing-code">{job.errorCode}</span>}
        </p>
      )}
      <JobMoves job={job} />
      <dl className="ui-facts">
        {fields
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label.key} className="ui-fact">
              <dt>{say(label)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </SidePanel>
  )
}
