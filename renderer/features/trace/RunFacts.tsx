import type { ReactNode } from 'react'
import type { StepRun } from '#engine/contract/trace'
import type { Message } from '#text/message'
import { RecordLink } from '../../frame/RecordLink.tsx'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { shortenMiddle } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { traceText } from './texts.ts'

export function RunFacts({ run }: { run: StepRun }) {
  const { say, count, exactTime, microseconds } = useWords()
  const { fact } = traceText
  const view = useStore(viewStore)
  const { record, job } = run
  const facts: [label: Message, value: ReactNode][] = [
    [fact.time, exactTime(run.startedOnMs)],
    [fact.duration, microseconds(run.durationMicroseconds)],
    [
      fact.record,
      record === null ? null : (
        <>
          <RecordLink record={record} /> <Guid value={record.id} />{' '}
          <RecordLink record={record} part="steps">
            {say(traceText.run.allOfRecord)}
          </RecordLink>
        </>
      ),
    ],
    [
      fact.job,
      job === null ? null : (
        <>
          <button type="button" className="ui-link" onClick={() => view.getState().go({ screen: 'jobs', jobId: job.id })}>
            {shortenMiddle(job.name, 60)}
          </button>{' '}
          {say(traceText.run.batch({ batch: job.batch, attempt: job.attempt }))}
        </>
      ),
    ],
    [fact.depth, count(run.depth)],
    [fact.mode, say(traceText.mode[run.mode])],
    [fact.rank, count(run.rank)],
    [
      fact.user,
      <>
        {run.user} <Guid value={run.userId} />
      </>,
    ],
    [fact.plugin, `${run.plugin} ${run.pluginVersion}`],
    [
      fact.correlationId,
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
          {say(traceText.run.allOfRequest)}
        </button>
      </>,
    ],
  ]
  return (
    <section aria-labelledby="trace-facts">
      <h3 id="trace-facts" className="ui-label">
        {say(traceText.run.facts)}
      </h3>
      <dl className="ui-facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label.key} className="ui-fact trace-fact">
              <dt>{say(label)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
