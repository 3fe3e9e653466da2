import type { JobDetails } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'
import { isGuid, type RecordName, recordName } from '../format/names-in-text.ts'
import { fields, listOf, located, pattern, type Shape, text, wholeNumber } from '../shape.ts'
import { defineExpectation, type ExpectationLine, equal, matches, matchesSome, recordLine, sameRecords } from './expectation.ts'

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

/** Records that a bulk job left out: how many, or which. */
const countOrRecords: Shape<number | RecordName[]> = (node) =>
  node.kind === 'scalar' ? count(node) : listOf('records as table/id', recordName)(node)

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
    failing: recordName,
    failed: countOrRecords,
  },
)

export const job = defineExpectation({
  key: 'job',
  shape: jobShape,
  check(stated, names) {
    if (stated.createdBy !== undefined) names.user(stated.createdBy)
    const { failing, failed, ...others } = stated
    return {
      ...others,
      failing: failing && names.record(failing),
      failed: typeof failed === 'object' ? failed.map((name) => names.record(name)) : failed,
    }
  },
  evaluate(stated, { job: details, aliases }): ExpectationLine[] {
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
      ...details.messages.map(({ text }) => aliases.inText(inEnglish(text))),
      ...(details.job.message === null ? [] : [aliases.inText(inEnglish(details.job.message))]),
    ]
    if (stated.failing !== undefined) lines.push(recordLine('job.failing', stated.failing, details.job.failing, aliases))
    if (typeof stated.failed === 'number') lines.push(equal('job.failed', stated.failed, details.job.failed))
    else if (stated.failed !== undefined) lines.push(sameRecords('job.failed', stated.failed, details.failedRecords, aliases))
    stated.messages?.forEach((message, index) => void lines.push(matchesSome(`job.messages[${index}]`, message, messages)))
    return lines
  },
})
