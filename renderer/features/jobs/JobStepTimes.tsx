import { useEffect, useMemo, useState } from 'react'
import type { Job } from '#engine/contract/jobs'
import type { Plugin } from '#engine/contract/plugins'
import type { StepTime } from '#engine/contract/trace'
import { isUnderWay } from '../../frame/stores/jobs.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { settingsStore } from '../../frame/stores/settings.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { formatMicroseconds, formatShare, shareOf, slowestSentence, stepText } from '../../frame/trace-words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { jobStepsStore } from './stores/job-steps.ts'

/** Number of steps shown at first, the slowest ones. */
const SHOWN = 12

/** Shows the time of each plug-in step in this job. */
export function JobStepTimes({ job }: { job: Job }) {
  const jobSteps = useStore(jobStepsStore)
  const view = useStore(viewStore)
  const times = useStoreState(jobStepsStore, (state) => (state.jobId === job.id ? state.times : null))
  const error = useStoreState(jobStepsStore, (state) => (state.jobId === job.id ? state.error : null))
  const kept = useStoreState(settingsStore, (state) => state.settings?.pluginTraceLog)
  useEffect(() => {
    void jobSteps.getState().show(job.id)
    return () => void jobSteps.getState().show(null)
  }, [jobSteps, job.id])
  // The log is written before the change of the job is announced.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever the job has moved
  useEffect(() => void jobSteps.getState().refresh(), [jobSteps, job.status, job.retryCount])
  const openLog = () => {
    view.getState().go({ screen: 'trace', run: null, only: { job: { id: job.id, name: job.name } } })
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
  const view = useStore(viewStore)
  const [showsAll, setShowsAll] = useState(false)
  const plugins = useStoreState(pluginsStore, (state) => state.plugins)
  const filters = useMemo(() => filtersOf(plugins ?? []), [plugins])
  const sorted = times.toSorted((a, b) => b.totalMicroseconds - a.totalMicroseconds)
  const longest = sorted[0]?.totalMicroseconds ?? 0
  const whole = sorted.reduce((sum, time) => sum + time.totalMicroseconds, 0)
  const openRuns = (time: StepTime) => {
    const label = `${time.plugin}, ${stepText(time)}`
    const only = { job: { id: job.id, name: job.name }, plugin: time.plugin, step: { number: time.step, label } }
    view.getState().go({ screen: 'trace', run: null, only })
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
