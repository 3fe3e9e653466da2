import { jobStatus } from '#text/english/jobs'
import './jobs.css'
import { ListChecks } from 'lucide-react'
import { verbatim } from '#text/english/verbatim'
import { bestMatches } from '../../frame/best-matches.ts'
import { type Feature, goTo, type PaletteResult } from '../../frame/feature.ts'
import { jobsStore } from '../../frame/stores/jobs.ts'
import type { Stores } from '../../frame/stores-context.ts'
import { JobCounts } from './JobCounts.tsx'
import { JobsScreen } from './JobsScreen.tsx'
import { jobStepsStore } from './stores/job-steps.ts'
import { stepJobsStore } from './stores/step-jobs.ts'
import { jobText } from './texts.ts'

/** System jobs: what runs in batches, and what one can do with it. */
export const jobs = {
  name: 'jobs',
  stores: [jobsStore, jobStepsStore, stepJobsStore],
  screens: { jobs: JobsScreen },
  navigation: { screen: 'jobs', label: jobText.title, icon: ListChecks, counts: JobCounts },
  commands: [
    goTo(jobText.goTo, { screen: 'jobs', jobId: null }),
    goTo(jobText.goToEvents, { screen: 'jobs', jobId: null, view: 'systemEvents' }),
  ],
  search: { over: [jobsStore], find: findJobs },
} satisfies Feature

function findJobs(search: string, { get }: Stores): PaletteResult[] {
  const found = bestMatches(get(jobsStore).getState().jobs ?? [], search, (job) => [job.name, job.regarding?.name ?? null], 5)
  return found.map(({ id, name, status }) => ({
    key: `job ${id}`,
    group: jobText.title,
    icon: ListChecks,
    hint: jobStatus[status],
    ...goTo(verbatim.text({ text: name }), { screen: 'jobs', jobId: id }),
  }))
}
