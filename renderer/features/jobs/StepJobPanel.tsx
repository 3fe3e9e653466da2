import { ScrollText } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StepJob } from '#engine/contract/jobs'
import { RecordLink } from '../../frame/RecordLink.tsx'
import { SidePanel } from '../../frame/Screen.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { formatCount } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { Time } from '../../ui/Time.tsx'
import { operationTypeLabel, STATUS_TONE, stateLabel } from './job-words.ts'

/** The system job of one asynchronous step. */
export function StepJobPanel({ job, onClose }: { job: StepJob; onClose: () => void }) {
  const view = useStore(viewStore)
  const showRuns = () => {
    view.getState().go({ screen: 'trace', run: null, only: { plugin: job.plugin, correlationId: job.correlationId } })
  }
  const time = (ms: number | null): ReactNode => (ms === null ? null : <Time ms={ms} />)
  const fields: [string, ReactNode][] = [
    ['Job Id', <Guid key="id" value={job.id} />],
    ['Operation type', operationTypeLabel(job.operationType)],
    ['State / status reason', stateLabel(job)],
    ['Plug-in', job.plugin],
    ['Message name', job.messageName],
    ['Regarding', job.regarding === null ? null : <RecordLink key="regarding" record={job.regarding} />],
    ['Number of retries', formatCount(job.retryCount)],
    ['Created On', time(job.createdOnMs)],
    ['Started On', time(job.startedOnMs)],
    ['Completed On', time(job.completedOnMs)],
    ['Created By', job.createdBy.name],
    ['Depth', formatCount(job.depth)],
    ['Correlation Id', <Guid key="correlation" value={job.correlationId} />],
  ]
  return (
    <SidePanel
      label={`System event ${job.name}`}
      title={
        <>
          {job.name} <Badge tone={STATUS_TONE[job.status]}>{job.status}</Badge>
        </>
      }
      onClose={onClose}
      actions={
        <Button icon={<ScrollText size={14} aria-hidden />} onClick={showRuns}>
          Its runs in the trace log
        </Button>
      }
    >
      {job.message !== null && (
        <p className="jobs-step-error">
          {job.message}
          {job.errorCode !== null && <span className="jobs-standing-code">{job.errorCode}</span>}
        </p>
      )}
      <dl className="ui-facts">
        {fields
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label} className="ui-fact">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </SidePanel>
  )
}
