import type { Job, JobDetails, StepJob } from '#engine/contract/jobs'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { facts, grouped, table } from './output.ts'

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

export const jobTable = (jobs: Job[]): string =>
  jobs.length === 0
    ? 'There are no jobs.'
    : table(
        ['id', 'name', 'status', 'done', 'records', 'retries', 'created on', 'created by'],
        jobs.map((job) => [
          job.id,
          job.name,
          job.status,
          job.processed,
          job.total,
          job.retryCount,
          time(job.createdOnMs),
          job.createdBy.name,
        ]),
      )

export const stepJobTable = (jobs: StepJob[], total: number): string =>
  jobs.length === 0
    ? 'There are no jobs of asynchronous steps.'
    : [
        table(
          ['id', 'step', 'plug-in', 'status', 'retries', 'created on', 'error'],
          jobs.map((job) => [job.id, job.name, job.plugin, job.status, job.retryCount, time(job.createdOnMs), job.errorMessage]),
        ),
        ...(total > jobs.length ? [`${grouped(total - jobs.length)} older ones are not listed.`] : []),
      ].join('\n')

export function jobText({ job, messages }: JobDetails): string {
  const about = facts([
    ['job', job.name],
    ['id', job.id],
    ['status', `${job.status} (state ${job.statecode}, status reason ${job.statuscode})`],
    ['records', job.total],
    ['done', job.processed],
    ['batches', job.batches],
    ['retries', job.retryCount],
    ['created by', job.createdBy.name],
    ['created on', time(job.createdOnMs)],
    ['completed on', time(job.completedOnMs)],
    ['error', job.errorCode],
    ['message', job.friendlyMessage ?? job.message],
  ])
  const lines = messages.map(({ atMs, level, text }) => `${time(atMs)}  ${level.padEnd(11)}  ${text}`)
  return [about, ...lines].join('\n')
}

export const exitCodeOfJob = ({ job }: JobDetails): ExitCode => (job.status === 'Completed' ? EXIT.ok : EXIT.jobNotCompleted)
