import type { ReactNode } from 'react'
import type { Job } from '#engine/contract/jobs'
import type { LookupValue } from '#engine/contract/records'
import type { Message } from '#text/message'
import { isPostponed } from '../../frame/stores/jobs.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords, type Words } from '../../text/words.ts'
import { shortId } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { Remaining } from '../../ui/Remaining.tsx'
import { Time } from '../../ui/Time.tsx'
import { operationTypeLabel, stateLabel } from './job-words.ts'
import { jobText } from './texts.ts'

const { field } = jobText

/** Shows the columns of the system job that have a meaning here. Source: dataverse reference, section 2.7. */
export function JobFields({ job }: { job: Job }) {
  const { count, say } = useWords()
  const time = (ms: number | null): ReactNode => (ms === null ? null : <Time ms={ms} />)
  const fields: [label: Message, value: ReactNode][] = [
    [field.id, <Guid key="id" value={job.id} />],
    [field.operationType, say(operationTypeLabel(job.operationType))],
    [field.state, say(stateLabel(job))],
    [field.retryCount, count(job.retryCount)],
    [field.attempts, job.attempts === 0 ? null : count(job.attempts)],
    [
      field.postponeUntil,
      isPostponed(job) ? (
        <Text key="postponed" of={jobText.postponed} tags={{ time: () => <Remaining untilMs={job.postponeUntilMs} /> }} />
      ) : (
        time(job.postponeUntilMs)
      ),
    ],
    [field.createdOn, time(job.createdOnMs)],
    [field.startedOn, time(job.startedOnMs)],
    [field.completedOn, time(job.completedOnMs)],
    [field.modifiedOn, time(job.modifiedOnMs)],
    [field.createdBy, <Person key="by" who={job.createdBy} />],
    [field.owner, <Person key="owner" who={job.owner} />],
    [field.owningBusinessUnit, job.owningBusinessUnit?.name ?? null],
    [field.regarding, job.regarding === null ? null : <RecordLink key="regarding" value={job.regarding} />],
    [field.primaryEntityType, job.primaryEntityType],
    [field.messageName, job.messageName],
    [field.failing, job.failing === null ? null : <RecordLink key="failing" value={job.failing} />],
    [field.errorCode, job.errorCode],
    [field.message, job.message && say(job.message)],
    [field.friendlyMessage, job.friendlyMessage && say(job.friendlyMessage)],
    [field.depth, count(job.depth)],
    [field.correlationId, <Guid key="correlation" value={job.correlationId} />],
    [field.requestId, <Guid key="request" value={job.requestId} />],
    [field.plugin, job.kind === 'step' ? job.plugin : null],
    [field.parentingCheck, parentingCheckOf(job, say)],
  ]
  return (
    <section aria-labelledby="jobs-fields">
      <h2 id="jobs-fields" className="ui-heading">
        {say(jobText.details)}
      </h2>
      <dl className="ui-facts jobs-fields">
        {fields
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label.key} className="ui-fact">
              <dt>{say(label)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

/** Returns whether a merge checks parents; nothing else does. */
function parentingCheckOf(job: Job, say: Words['say']): string | null {
  if (job.kind !== 'cascade' || !('subordinate' in job.request)) return null
  return say(job.request.parentingCheck === false ? jobText.off : jobText.on)
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
