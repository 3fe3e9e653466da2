import type { JobDetails } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'
import { isGuid } from '../format/names-in-text.ts'
import { fields, listOf, located, pattern, text, wholeNumber } from '../shape.ts'
import { defineExpectation, type ExpectationLine, equal, matches, matchesSome } from './expectation.ts'

const count = wholeNumber(0)

/** Columns of the system job that are compared as they are. */
const PLAIN = {
  retryCount: ({ job }: JobDetails) => job.retryCount,
  attempts: ({ job }: JobDetails) => job.attempts,
  statecode: ({ job }: JobDetails) => job.statecode,
  statuscode: ({ job }: JobDetails) => job.statuscode,
  operationtype: ({ job }: JobDetails) => job.operationType,
  batches: ({ job }: JobDetails) => job.batches,
  processed: ({ job }: JobDetails) => job.processed,
  remaining: ({ job }: JobDetails) => job.total - job.processed,
}

const jobShape = fields(
  'a job',
  {},
  {
    retryCount: count,
    attempts: count,
    name: pattern,
    createdBy: located(text('a user')),
    statecode: count,
    statuscode: count,
    operationtype: count,
    batches: count,
    messages: listOf('regular expressions', pattern),
    processed: count,
    remaining: count,
  },
)

export const job = defineExpectation({
  key: 'job',
  shape: jobShape,
  check(stated, names) {
    if (stated.createdBy !== undefined) names.user(stated.createdBy)
    return stated
  },
  evaluate(stated, { job: details }): ExpectationLine[] {
    if (details === null) return [{ path: 'job', expected: 'a job', actual: null, held: false }]
    const lines: ExpectationLine[] = []
    for (const [key, read] of Object.entries(PLAIN) as [keyof typeof PLAIN, (details: JobDetails) => number][])
      if (stated[key] !== undefined) lines.push(equal(`job.${key}`, stated[key], read(details)))
    if (stated.name !== undefined) lines.push(matches('job.name', stated.name, details.job.name))
    if (stated.createdBy !== undefined) {
      const { id, name } = details.job.createdBy
      const { value } = stated.createdBy
      lines.push(equal('job.createdBy', value, isGuid(value) ? id : name))
    }
    const messages = [
      ...details.messages.map(({ text }) => inEnglish(text)),
      ...(details.job.message === null ? [] : [inEnglish(details.job.message)]),
    ]
    stated.messages?.forEach((message, index) => void lines.push(matchesSome(`job.messages[${index}]`, message, messages)))
    return lines
  },
})
