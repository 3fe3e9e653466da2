import type { ReactNode } from 'react'
import type { StepRun } from '#engine/contract/trace'
import { RecordLink } from '../../frame/RecordLink.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { formatMicroseconds } from '../../frame/trace-words.ts'
import { formatCount, formatExactTime, shortenMiddle } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'

export function RunFacts({ run }: { run: StepRun }) {
  const view = useStore(viewStore)
  const { record, job } = run
  const facts: [string, ReactNode][] = [
    ['Time', formatExactTime(run.startedOnMs)],
    ['Duration', formatMicroseconds(run.durationMicroseconds)],
    [
      'Record',
      record === null ? null : (
        <>
          <RecordLink record={record} /> <Guid value={record.id} />{' '}
          <RecordLink record={record} part="steps">
            All steps of this record
          </RecordLink>
        </>
      ),
    ],
    [
      'Job',
      job === null ? null : (
        <>
          <button type="button" className="ui-link" onClick={() => view.getState().go({ screen: 'jobs', jobId: job.id })}>
            {shortenMiddle(job.name, 60)}
          </button>{' '}
          batch {formatCount(job.batch)}, try {formatCount(job.attempt)}
        </>
      ),
    ],
    ['Depth', formatCount(run.depth)],
    ['Mode', run.mode === 'Sync' ? 'Synchronous' : 'Asynchronous'],
    ['Rank', formatCount(run.rank)],
    [
      'User',
      <>
        {run.user} <Guid value={run.userId} />
      </>,
    ],
    ['Plug-in', `${run.plugin} ${run.pluginVersion}`],
    [
      'Correlation Id',
      <>
        <Guid key="id" value={run.correlationId} />{' '}
        <button
          key="all"
          type="button"
          className="ui-link"
          onClick={() => {
            view.getState().go({ screen: 'trace', run: run.number, only: { correlationId: run.correlationId } })
          }}
        >
          All runs of this request
        </button>
      </>,
    ],
  ]
  return (
    <section aria-labelledby="trace-facts">
      <h3 id="trace-facts" className="ui-label">
        Details
      </h3>
      <dl className="ui-facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label} className="ui-fact trace-fact">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
