import { recordPhrase } from '#engine/contract/errors'
import type { Job, JobDetails, JobPage } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'
import type { Message } from '#text/message'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { continued, facts, grouped, table } from './output.ts'

/** Width of a message's time and level. */
const MESSAGE_INDENT = 39

const inWords = (message: Message | null): string | null => (message === null ? null : inEnglish(message))
const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

/** Lists a page of jobs of any kind. */
export const jobTable = ({ jobs, total }: JobPage): string =>
  jobs.length === 0
    ? 'There are no jobs.'
    : [
        table(
          ['id', 'name', 'status', 'done', 'records', 'retries', 'created on', 'created by', 'error'],
          jobs.map((job) => [
            job.id,
            job.name,
            job.status,
            job.processed,
            job.total,
            job.retryCount,
            time(job.createdOnMs),
            job.createdBy.name,
            inWords(job.message),
          ]),
        ),
        ...(total > jobs.length ? [`${grouped(jobs.length)} of ${grouped(total)} jobs.`] : []),
      ].join('\n')

/** Returns a page of jobs as `--json` prints it: with their messages in English. */
export const pageFacts = ({ jobs, total }: JobPage) => ({ jobs: jobs.map(columnsOf), total })

const columnsOf = (job: Job) => ({
  ...job,
  message: inWords(job.message),
  friendlyMessage: inWords(job.friendlyMessage),
  hint: inWords(job.hint),
})

/** Returns a job as `--json` prints it: with its messages in English. */
export const jobFacts = ({ job, failedRecords, messages, waitsFor }: JobDetails) => ({
  job: columnsOf(job),
  failedRecords,
  waitsFor: inWords(waitsFor),
  messages: messages.map(({ text, ...message }) => ({ ...message, text: inEnglish(text) })),
})

export function jobText({ job, messages, waitsFor }: JobDetails): string {
  const about = facts([
    ['job', job.name],
    ['id', job.id],
    ['status', `${job.status} (state ${job.statecode}, status reason ${job.statuscode})`],
    ['records', job.total],
    ['done', job.processed],
    ['left out', job.failed > 0 ? job.failed : null],
    ['batches', job.batches],
    ['retries', job.retryCount],
    ['created by', [job.createdBy.name, job.createdBy.id].filter(Boolean).join(' ')],
    ['created on', time(job.createdOnMs)],
    ['completed on', time(job.completedOnMs)],
    ['failing', job.failing && inEnglish(recordPhrase(job.failing))],
    ['left out', job.failed === 0 ? null : job.failed],
    ['waits', inWords(waitsFor)],
    ['error', job.errorCode],
    ['message', inWords(job.friendlyMessage ?? job.message)],
  ])
  const lines = messages.map(({ atMs, level, text }) => `${time(atMs)}  ${level.padEnd(11)}  ${continued(inEnglish(text), MESSAGE_INDENT)}`)
  return [about, ...lines].join('\n')
}

export const exitCodeOfJob = ({ job }: JobDetails): ExitCode => (job.status === 'Completed' ? EXIT.ok : EXIT.jobNotCompleted)
