import { useEffect, useMemo, useState } from 'react'
import type { Job } from '#engine/contract/jobs'
import type { Plugin } from '#engine/contract/plugins'
import type { StepTime } from '#engine/contract/trace'
import { isUnderWay } from '../../frame/stores/jobs.ts'
import { useApp, useStores } from '../../frame/stores-context.ts'
import { formatMicroseconds, formatShare, shareOf, slowestSentence, stepText } from '../../frame/trace-words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { SkeletonLines } from '../../ui/Skeleton.tsx'

/** Number of steps shown at first, the slowest ones. */
const SHOWN = 12

/** Shows the time of each plug-in step in this job. */
export function JobStepTimes({ job }: { job: Job }) {
  const { jobSteps, trace, view } = useStores()
  const times = useApp('jobSteps', (state) => (state.jobId === job.id ? state.times : null))
  const error = useApp('jobSteps', (state) => (state.jobId === job.id ? state.error : null))
  const kept = useApp('settings', (state) => state.settings?.pluginTraceLog)
  useEffect(() => {
    void jobSteps.getState().show(job.id)
    return () => void jobSteps.getState().show(null)
  }, [jobSteps, job.id])
  // The log is written before the change of the job is announced.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever the job has moved
  useEffect(() => void jobSteps.getState().refresh(), [jobSteps, job.status, job.retryCount])
  const openLog = () => {
    trace.getState().showOnly({ job: { id: job.id, name: job.name } })
    view.getState().go({ screen: 'plugins', part: 'trace', run: null })
  }
  return (
    <section className="jobs-times" aria-labelledby="jobs-times">
      <header className="jobs-times-header">
        <h2 id="jobs-times" className="ui-heading">
          Time in plug-in steps
        </h2>
        {times !== null && times.length > 0 && (
          <button type="button" className="ui-link" onClick={openLog}>
            {countOf(
              times.reduce((sum, { runs }) => sum + runs, 0),
              'run',
            )}{' '}
            in the trace log
          </button>
        )}
      </header>
      {error !== null && (
        <ErrorNotice
          error={error}
          title="The times of the steps could not be read"
          action={<Button onClick={() => void jobSteps.getState().refresh()}>Try again</Button>}
        />
      )}
      {times === null && error === null && <SkeletonLines lines={3} label="Loading the times of the steps" />}
      {times?.length === 0 && (
        <p className="ui-muted">
          {kept === 'Off'
            ? 'The plug-in trace log is off, so that nobody measures.'
            : isUnderWay(job)
              ? 'No plug-in step has run in this job so far.'
              : 'No plug-in step ran in this job.'}
        </p>
      )}
      {times !== null && times.length > 0 && (
        <>
          <p className="jobs-times-sentence">{slowestSentence(times)}</p>
          {kept === 'Exception' && <p className="ui-muted">Of refused and failed runs only: the trace log keeps no others.</p>}
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
  const { trace, view } = useStores()
  const [showsAll, setShowsAll] = useState(false)
  const plugins = useApp('plugins', (state) => state.plugins)
  const filters = useMemo(() => filtersOf(plugins ?? []), [plugins])
  const sorted = times.toSorted((a, b) => b.totalMicroseconds - a.totalMicroseconds)
  const longest = sorted[0]?.totalMicroseconds ?? 0
  const whole = sorted.reduce((sum, time) => sum + time.totalMicroseconds, 0)
  const openRuns = (time: StepTime) => {
    const label = `${time.plugin}, ${stepText(time)}`
    trace.getState().showOnly({ job: { id: job.id, name: job.name }, plugin: time.plugin, step: { number: time.step, label } })
    view.getState().go({ screen: 'plugins', part: 'trace', run: null })
  }
  return (
    <>
      <div className="jobs-times-scroll">
        <table className="ui-table jobs-times-table" aria-label="Time in plug-in steps">
          <thead>
            <tr>
              <th scope="col">Plug-in and step</th>
              <th scope="col" className="ui-number">
                Total
              </th>
              <th scope="col">Share</th>
              <th scope="col" className="ui-number">
                Runs
              </th>
              <th scope="col" className="ui-number">
                Mean
              </th>
              <th scope="col" className="ui-number">
                Longest
              </th>
              <th scope="col" className="ui-number">
                Failures
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
                  <span className="ui-muted ui-small jobs-times-step">
                    {stepText(time)}
                    {filters.has(time.step) && `, on ${filters.get(time.step)}`}
                  </span>
                </th>
                <td className="ui-number">{formatMicroseconds(time.totalMicroseconds)}</td>
                <td>
                  <span className="jobs-times-bar" aria-hidden>
                    <span style={{ width: `${Math.max(0.5, shareOf(time.totalMicroseconds, longest) * 100)}%` }} />
                  </span>
                  <span className="ui-small">{formatShare(shareOf(time.totalMicroseconds, whole))}</span>
                </td>
                <td className="ui-number">{formatCount(time.runs)}</td>
                <td className="ui-number">{formatMicroseconds(time.totalMicroseconds / Math.max(1, time.runs))}</td>
                <td className="ui-number">{formatMicroseconds(time.longestMicroseconds)}</td>
                <td className={time.failures > 0 ? 'ui-number jobs-times-failed' : 'ui-number'}>{formatCount(time.failures)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > SHOWN && (
        <Button variant="quiet" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Show only the slowest' : `Show ${countOf(sorted.length - SHOWN, 'more step')}`}
        </Button>
      )}
      <p className="ui-muted ui-small">
        A step’s time is its own: steps that it set off are counted by themselves, but for the longest run, which holds them.
      </p>
    </>
  )
}
