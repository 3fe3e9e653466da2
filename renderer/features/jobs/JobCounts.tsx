import { NavigationCount } from '../../frame/NavigationCount.tsx'
import { isUnderWay, jobsStore } from '../../frame/stores/jobs.ts'
import { useStoreState } from '../../frame/stores-context.ts'

/** How many system jobs are under way and how many are paused. */
export function JobCounts() {
  const underWay = useStoreState(jobsStore, (state) => (state.jobs ?? []).filter(isUnderWay).length)
  const paused = useStoreState(jobsStore, (state) => (state.jobs ?? []).filter((job) => job.status === 'Paused').length)
  return (
    <>
      <NavigationCount count={underWay} word="under way" />
      <NavigationCount waits count={paused} word="paused" />
    </>
  )
}
