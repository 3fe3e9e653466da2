import { useEffect, useMemo, useState } from 'react'
import type { Job } from '#engine/contract/jobs'
import type { Plugin } from '#engine/contract/plugins'
import type { StepTime } from '#engine/contract/trace'
import type { Message } from '#text/message'
import { isUnderWay } from '../../frame/stores/jobs.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { stepText } from '../../frame/trace-words.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { shareOf, slowestSentence } from './step-times.ts'
import { jobStepsStore } from './stores/job-steps.ts'
import { jobText } from './texts.ts'

const { times: text } = jobText

/** Number of steps shown at first, the slowest ones. */
const SHOWN = 12

/** Shows the time of each plug-in step in this job. */
export function JobStepTimes({ job }: { job: Job }) {
  const words = useWords()
  const { say } = words
  const jobSteps = useStore(jobStepsStore)
  const view = useStore(viewStore)
  const times = useStoreState(jobStepsStore, (state) => (state.jobId === job.id ? state.times : null))
  const error = useStoreState(jobStepsStore, (state) => (state.jobId === job.id ? state.error : null))
  const kept = useStoreState(settingsStore, (state) => state.settings?.pluginTraceLog)
  useEffect(() => () => void jobSteps.getState().show(null), [jobSteps])
  // The log is written before the change of the job is announced.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever the job has moved
  useEffect(() => {
    void jobSteps.getState().show({ id: job.id, failedRun: job.failedRun })
  }, [jobSteps, job.id, job.failedRun, job.status, job.retryCount])
  const openLog = () => {
    view.getState().go({ screen: 'trace', run: null, only: { job: { id: job.id, name: job.name } } })
  }
  return (
    <section className="jobs-times" aria-labelledby="jobs-times">
      <header className="jobs-times-header">
        <h2 id="jobs-times" className="ui-heading">
          {say(text.heading)}
        </h2>
        {times !== null && times.length > 0 && (
          <button type="button" className="ui-link" onClick={openLog}>
            {say(text.runsInLog({ count: times.reduce((sum, { runs }) => sum + runs, 0) }))}
          </button>
        )}
      </header>
      {error !== null && (
        <ErrorNotice
          error={error}
          title={say(text.notRead)}
          action={<Button onClick={() => void jobSteps.getState().refresh()}>{say(jobText.tryAgain)}</Button>}
        />
      )}
      {times === null && error === null && <SkeletonLines lines={3} label={say(text.loading)} />}
      {times?.length === 0 && <p className="ui-muted">{say(kept === 'Off' ? text.logOff : isUnderWay(job) ? text.noneYet : text.none)}</p>}
      {times !== null && times.length > 0 && (
        <>
          <p className="jobs-times-sentence">{slowestSentence(words, times)}</p>
          {kept === 'Exception' && <p className="ui-muted">{say(text.onlyFailures)}</p>}
          <TimeChart times={times} job={job} />
        </>
      )}
    </section>
  )
}

/** Returns the filtering attributes of steps, which are often the only difference between the steps of a plug-in. */
const filtersOf = (plugins: readonly Plugin[]): ReadonlyMap<number, string> =>
  new Map(
    plugins.flatMap(({ steps }) =>
      steps.flatMap(({ number, filteringAttributes }) => (filteringAttributes === null ? [] : [[number, filteringAttributes.join(', ')]])),
    ),
  )

/** Shows a bar and the numbers for each step, as a table. */
function TimeChart({ times, job }: { times: StepTime[]; job: Job }) {
  const { count, microseconds, say, share } = useWords()
  const view = useStore(viewStore)
  const [showsAll, setShowsAll] = useState(false)
  const plugins = useStoreState(pluginsStore, (state) => state.plugins)
  const filters = useMemo(() => filtersOf(plugins ?? []), [plugins])
  const sorted = times.toSorted((a, b) => b.totalMicroseconds - a.totalMicroseconds)
  const longest = sorted[0]?.totalMicroseconds ?? 0
  const whole = sorted.reduce((sum, time) => sum + time.totalMicroseconds, 0)
  const stepOf = (time: StepTime): Message => {
    const attributes = filters.get(time.step)
    return attributes === undefined ? stepText(time) : text.stepOn({ step: stepText(time), attributes })
  }
  const openRuns = (time: StepTime) => {
    const label = say(text.step({ plugin: time.plugin, step: stepText(time) }))
    const only = { job: { id: job.id, name: job.name }, plugin: time.plugin, step: { number: time.step, label } }
    view.getState().go({ screen: 'trace', run: null, only })
  }
  return (
    <>
      <div className="jobs-times-scroll">
        <table className="ui-table jobs-times-table" aria-label={say(text.heading)}>
          <thead>
            <tr>
              <th scope="col">{say(text.column.step)}</th>
              <th scope="col" className="ui-number">
                {say(text.column.total)}
              </th>
              <th scope="col">{say(text.column.share)}</th>
              <th scope="col" className="ui-number">
                {say(text.column.runs)}
              </th>
              <th scope="col" className="ui-number">
                {say(text.column.mean)}
              </th>
              <th scope="col" className="ui-number">
                {say(text.column.longest)}
              </th>
              <th scope="col" className="ui-number">
                {say(text.column.failures)}
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, showsAll ? sorted.length : SHOWN).map((time) => (
              <tr key={time.step}>
                <th scope="row">
                  <button type="button" className="ui-link" onClick={() => openRuns(time)}>
                    {time.plugin}
                  </button>
                  <span className="ui-muted ui-small jobs-times-step">{say(stepOf(time))}</span>
                </th>
                <td className="ui-number">{microseconds(time.totalMicroseconds)}</td>
                <td>
                  <span className="jobs-times-bar" aria-hidden>
                    <span style={{ width: `${Math.max(0.5, shareOf(time.totalMicroseconds, longest) * 100)}%` }} />
                  </span>
                  <span className="ui-small">{share(shareOf(time.totalMicroseconds, whole))}</span>
                </td>
                <td className="ui-number">{count(time.runs)}</td>
                <td className="ui-number">{microseconds(time.totalMicroseconds / Math.max(1, time.runs))}</td>
                <td className="ui-number">{microseconds(time.longestMicroseconds)}</td>
                <td className={time.failures > 0 ? 'ui-number jobs-times-failed' : 'ui-number'}>{count(time.failures)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > SHOWN && (
        <Button variant="quiet" onClick={() => setShowsAll(!showsAll)}>
          {say(showsAll ? text.showFewer : text.showMore({ count: sorted.length - SHOWN }))}
        </Button>
      )}
      <p className="ui-muted ui-small">{say(text.explanation)}</p>
    </>
  )
}
