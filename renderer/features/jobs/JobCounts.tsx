import { NavigationCount } from '../../frame/NavigationCount.tsx'
import { isUnderWay, jobsStore } from '../../frame/stores/jobs.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { jobText } from './texts.ts'

/** How many system jobs are under way and how many are paused. */
export function JobCounts() {
  const underWay = useStoreState(jobsStore, (state) => (state.jobs ?? []).filter(isUnderWay).length)
  const paused = useStoreState(jobsStore, (state) => (state.jobs ?? []).filter((job) => job.status === 'Paused').length)
  return (
    <>
      <NavigationCount count={underWay} meaning={jobText.counts.underWay({ count: underWay })} />
      <NavigationCount waits count={paused} meaning={jobText.counts.paused({ count: paused })} />
    </>
  )
}
