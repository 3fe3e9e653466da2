import { allJobs } from '../all-jobs.ts'
import { outcomeOfJob } from '../operations/operation.ts'
import { choice, fields, listOf, pattern } from '../shape.ts'
import { defineExpectation, equal, matches } from './expectation.ts'

const jobsShape = listOf(
  'jobs',
  fields('a job', { outcome: choice('Completed', 'Paused', 'Failed', 'Cancelled', 'Running') }, { name: pattern }),
)

/** Expects these cascade jobs in the environment and no others, newest first. */
export const jobs = defineExpectation({
  key: 'jobs',
  shape: jobsShape,
  check: (stated) => stated,
  evaluate(wanted, { observer }) {
    const found = allJobs(observer, 'cascade')
    const lines = wanted.flatMap(({ name, outcome }, index) => {
      const job = found[index]
      const path = `jobs[${index}]`
      const line = equal(`${path}.outcome`, outcome, job === undefined ? null : outcomeOfJob(job.status))
      return name === undefined ? [line] : [line, matches(`${path}.name`, name, job?.name ?? null)]
    })
    return [equal('jobs.length', wanted.length, found.length), ...lines]
  },
})
