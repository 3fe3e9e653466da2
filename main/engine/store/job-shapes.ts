import { z } from 'zod'
import { CASCADE_OPERATIONS } from '../contract/cascades.ts'
import { JOB_KINDS } from '../contract/jobs.ts'
import { MESSAGES } from '../contract/messages.ts'
import { flag, guid, integer, jsonText, positive, timeMs } from './checked-rows.ts'
import { isGuid } from './guid.ts'

/** The rows of system jobs, as they must be. A time that no date can have decides nothing: it counts as none. */

const time = timeMs.catch(0)
const maybeTime = timeMs.nullable().catch(null)
const text = z.string()
const place = positive.nullable()

const guidText = text.refine(isGuid)

/** A record with its name, as JSON. */
const named = z.object({ table: text, id: guidText, name: text.nullable() })

const common = {
  number: positive,
  guid,
  kind: z.enum(JOB_KINDS),
  name: text,
  operationtype: integer,
  statecode: z.literal([0, 1, 2, 3]),
  statuscode: z.literal([0, 10, 20, 30, 31, 32]),
  retrycount: positive,
  postponeuntil: maybeTime,
  createdon: time,
  startedon: maybeTime,
  completedon: maybeTime,
  modifiedon: time,
  createdby: positive,
  ownerid: positive,
  owningbusinessunit: place,
  regardingobjectid: place,
  regarding_guid: guid.nullable(),
  regarding_name: text.nullable(),
  primaryentitytype: text.nullable(),
  messagename: text,
  message: text.nullable(),
  friendlymessage: text.nullable(),
  errorcode: text.nullable(),
  hint: text.nullable(),
  record: jsonText(named).nullable(),
  failed_run: place,
  depth: positive,
  correlationid: guid,
  requestid: guid,
}

/** A system job of any kind. */
export const systemJobRow = z.looseObject(common)

const record = z.object({ table: text, id: guidText })
const values = z.record(text, z.unknown())

const request = z.discriminatedUnion('operation', [
  z.object({ operation: z.literal('Assign'), record, to: z.union([text, record, z.null()]), businessUnit: record.optional() }),
  z.object({ operation: z.literal('Delete'), record }),
  z.object({
    operation: z.literal('Merge'),
    target: record,
    subordinate: record,
    content: values.optional(),
    parentingCheck: z.boolean().optional(),
  }),
  z.object({ operation: z.literal('BulkDelete'), table: text, where: z.array(z.looseObject({ column: text, operator: text })) }),
  z.object({ operation: z.literal('Reassign'), from: z.union([text, record]), to: z.union([text, record]) }),
])

const event = z.object({
  message: z.enum(['Update', 'Assign']).optional(),
  sharedVariables: z.record(text, values),
  preImages: z.record(text, text.nullable()).optional(),
})

/** The job of a cascade with the columns of its kind. */
export const cascadeJobRow = z.looseObject({
  ...common,
  regardingobjectid: positive,
  regarding_guid: guid,
  primaryentitytype: text,
  operation: z.literal(CASCADE_OPERATIONS),
  request: jsonText(request),
  event: jsonText(event).nullable(),
  attempts: positive,
  planned: flag,
  first_item: positive,
  total: positive,
  position: positive,
  progressedon: time,
  batches: positive,
  failed: positive,
  failing_item: place,
  failing: jsonText(named).nullable(),
  batch_first: place,
  batch_last: place,
  hold_first: place,
  hold_last: place,
})

const input = z.looseObject({
  requestId: guidText,
  correlationId: guidText,
  operationCreatedOn: text,
  inputParameters: values,
  outputParameters: values,
  sharedVariables: values,
})

/** The job of an asynchronous step with the columns of its kind and those of its step. */
export const stepJobRow = z.looseObject({
  ...common,
  messagename: z.enum(MESSAGES),
  step: positive,
  user: positive,
  context: jsonText(input),
  journal: jsonText(z.array(z.looseObject({ asked: text }))).nullable(),
  plugin_name: text,
  ordinal: positive,
})

/** The job that takes away inherited access, with the columns of its kind. */
export const accessJobRow = z.looseObject({ ...common, relationship: text, removed: positive.nullable() })
