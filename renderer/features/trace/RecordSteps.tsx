import { ArrowUp, ChevronDown, ChevronRight, ScrollText } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { LookupValue } from '#engine/contract/records'
import type { StepRun } from '#engine/contract/trace'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { newerText } from '../../frame/trace-words.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { Guid } from '../../ui/Guid.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { groupByRequest, type RequestGroup } from './group-runs.ts'
import { OutcomeBadge } from './OutcomeMark.tsx'
import { RunView } from './RunView.tsx'
import { openRunStore } from './stores/open-run.ts'
import { recordRunsStore } from './stores/record-runs.ts'
import { traceText } from './texts.ts'

/** Lists the plug-in steps that ran on a record, grouped by request. */
export function RecordSteps({ record }: { record: LookupValue }) {
  return (
    <div className="trace-panel">
      <Steps record={record} />
    </div>
  )
}

function Steps({ record }: { record: LookupValue }) {
  const { say } = useWords()
  const recordRuns = useStore(recordRunsStore)
  const openRun = useStore(openRunStore)
  const view = useStore(viewStore)
  const { table, id } = record
  const runs = useStoreState(recordRunsStore, (state) => state.runs)
  const newer = useStoreState(recordRunsStore, (state) => state.newer.length)
  const hasOlder = useStoreState(recordRunsStore, (state) => state.hasOlder)
  const error = useStoreState(recordRunsStore, (state) => state.error)
  const opened = useStoreState(openRunStore, (state) => state.number)
  useEffect(() => {
    void recordRuns.getState().show({ table, id })
    return () => {
      void recordRuns.getState().show(null)
      void openRun.getState().open(null)
    }
  }, [recordRuns, openRun, table, id])
  const { hold, showNewer, showOlder, show } = recordRuns.getState()
  const [isPointedAt, setIsPointedAt] = useState(false)
  useEffect(() => hold(opened !== null || isPointedAt), [hold, opened, isPointedAt])

  if (error !== null && runs === null) {
    return (
      <ErrorNotice
        error={error}
        title={say(traceText.ofRecord.notRead)}
        action={<Button onClick={() => void show({ table, id })}>{say(traceText.tryAgain)}</Button>}
      />
    )
  }
  if (runs === null) return <SkeletonLines lines={8} label={say(traceText.ofRecord.loading)} />
  if (runs.length === 0) {
    return (
      <EmptyState icon={<ScrollText size={24} />} title={say(traceText.ofRecord.none)}>
        {say(traceText.ofRecord.noneSentence)}
      </EmptyState>
    )
  }
  const openLog = () => {
    view.getState().go({ screen: 'trace', run: null, only: { record } })
  }
  return (
    <div className="trace-steps" onPointerEnter={() => setIsPointedAt(true)} onPointerLeave={() => setIsPointedAt(false)}>
      <div className="trace-bar trace-steps-bar">
        <button type="button" className="ui-link" onClick={openLog}>
          {say(traceText.ofRecord.openLog)}
        </button>
        {newer > 0 && (
          <Button className="frame-newer" icon={<ArrowUp size={13} aria-hidden />} onClick={showNewer}>
            {say(newerText({ count: newer, isExact: true }, 'runs'))}
          </Button>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} title={say(traceText.ofRecord.moreNotRead)} />}
      {groupByRequest(runs).map((group) => (
        <Request key={group.correlationId} group={group} opened={opened} />
      ))}
      {hasOlder && <Button onClick={() => void showOlder()}>{say(traceText.ofRecord.showOlder)}</Button>}
    </div>
  )
}

function Request({ group, opened }: { group: RequestGroup; opened: number | null }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const { job } = group
  return (
    <section className="trace-request" aria-label={say(traceText.ofRecord.requestNamed({ request: group.correlationId.slice(0, 8) }))}>
      <p className="trace-request-head">
        <Time ms={group.startedOnMs} />
        <span className="ui-muted">{say(traceText.ofRecord.request)}</span> <Guid value={group.correlationId} />
        {job !== null && (
          <button type="button" className="ui-link" onClick={() => view.getState().go({ screen: 'jobs', jobId: job.id })}>
            {shortenMiddle(job.name, 48)}
          </button>
        )}
      </p>
      <ol className="trace-chain">
        {group.runs.map((run) => (
          <Run key={run.number} run={run} isOpen={run.number === opened} />
        ))}
      </ol>
    </section>
  )
}

function Run({ run, isOpen }: { run: StepRun; isOpen: boolean }) {
  const { say, microseconds } = useWords()
  const { message, stage, mode, job } = run
  const openRun = useStore(openRunStore)
  return (
    <li>
      <button
        type="button"
        className="trace-step"
        aria-expanded={isOpen}
        onClick={() => void openRun.getState().open(isOpen ? null : run.number)}
      >
        {isOpen ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
        <span className="trace-step-text">
          <span className="ui-clip" title={run.plugin}>
            {run.plugin}
          </span>
          <span className="ui-muted ui-small">{say(traceText.ofRecord.step({ message, stage, mode, attempt: job?.attempt ?? 1 }))}</span>
        </span>
        <span className="ui-number">{microseconds(run.durationMicroseconds)}</span>
        <OutcomeBadge run={run} />
      </button>
      {isOpen && (
        <div className="trace-step-body">
          <RunView run={run.number} />
        </div>
      )}
    </li>
  )
}
