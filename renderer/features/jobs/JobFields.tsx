import type { ReactNode } from 'react'
import type { Job } from '#engine/contract/jobs'
import type { LookupValue } from '#engine/contract/records'
import { isPostponed } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { formatCount, shortId } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { Remaining } from '../../ui/Remaining.tsx'
import { Time } from '../../ui/Time.tsx'
import { operationTypeLabel, stateLabel } from './job-words.ts'

/** Shows the columns of the system job that have a meaning here. Source: dataverse reference, section 2.7. */
export function JobFields({ job }: { job: Job }) {
  const time = (ms: number | null): ReactNode => (ms === null ? null : <Time ms={ms} />)
  const fields: [string, ReactNode][] = [
    ['Job Id', <Guid key="id" value={job.id} />],
    ['Operation type', operationTypeLabel(job.operationType)],
    ['State / status reason', stateLabel(job)],
    ['Number of retries', formatCount(job.retryCount)],
    ['Tries of the failing record', job.attempts === 0 ? null : formatCount(job.attempts)],
    [
      'Postpone until',
      isPostponed(job) ? (
        <>
          in <Remaining untilMs={job.postponeUntilMs} />
        </>
      ) : (
        time(job.postponeUntilMs)
      ),
    ],
    ['Created On', time(job.createdOnMs)],
    ['Started On', time(job.startedOnMs)],
    ['Completed On', time(job.completedOnMs)],
    ['Modified On', time(job.modifiedOnMs)],
    ['Created By', <Person key="by" who={job.createdBy} />],
    ['Owner', <Person key="owner" who={job.owner} />],
    ['Owning business unit', job.owningBusinessUnit?.name ?? null],
    ['Regarding', job.regarding === null ? null : <RecordLink key="regarding" value={job.regarding} />],
    ['Primary entity type', job.primaryEntityType],
    ['Message name', job.messageName],
    ['Error code', job.errorCode],
    ['Message', job.message],
    ['Friendly message', job.friendlyMessage],
    ['Depth', formatCount(job.depth)],
    ['Correlation Id', <Guid key="correlation" value={job.correlationId} />],
    ['Request Id', <Guid key="request" value={job.requestId} />],
    ['Plug-in', job.kind === 'step' ? job.plugin : null],
    ['Parenting check', parentingCheckOf(job)],
  ]
  return (
    <section aria-labelledby="jobs-fields">
      <h2 id="jobs-fields" className="ui-heading">
        Details
      </h2>
      <dl className="ui-facts jobs-fields">
        {fields
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label} className="ui-fact">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

/** Returns whether a merge checks parents; nothing else does. */
function parentingCheckOf(job: Job): string | null {
  if (job.kind !== 'cascade' || !('subordinate' in job.request)) return null
  return job.request.parentingCheck === false ? 'off' : 'on'
}

/** A user by name, which others may have, and by id. */
const Person = ({ who }: { who: LookupValue }) => (
  <>
    {who.name} <Guid value={who.id} />
  </>
)

function RecordLink({ value }: { value: LookupValue }) {
  const view = useStore(viewStore)
  return (
    <button
      type="button"
      className="ui-link"
      onClick={() => view.getState().go({ screen: 'records', table: value.table, recordId: value.id })}
    >
      {value.name ?? `${value.table} ${shortId(value.id)}`}
    </button>
  )
}
