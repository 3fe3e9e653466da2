import type { EngineError } from '../contract/errors.ts'
import { messageOf } from '../contract/errors.ts'
import type { StepJob } from '../contract/jobs.ts'
import type { LookupValue } from '../contract/records.ts'
import { bytesToGuid } from '../store/guid.ts'
import type { SystemJobRow } from '../store/system-jobs.ts'
import { codesOf } from './states.ts'

const NOBODY: LookupValue = { table: 'systemuser', id: '', name: null }

/**
 * Describes a job whose row cannot be read, so that a list shows the others: failed, with what is damaged as its message. Nothing runs it.
 */
export const describeDamagedJob = (row: SystemJobRow, error: EngineError): StepJob => ({
  id: bytesToGuid(row.guid),
  kind: 'step',
  name: typeof row.name === 'string' ? row.name : '',
  operationType: 0,
  status: 'Failed',
  ...codesOf('Failed'),
  retryCount: 0,
  postponeUntilMs: null,
  createdOnMs: 0,
  startedOnMs: null,
  completedOnMs: null,
  modifiedOnMs: 0,
  createdBy: NOBODY,
  owner: NOBODY,
  owningBusinessUnit: null,
  regarding: null,
  primaryEntityType: null,
  messageName: 'Update',
  plugin: '',
  message: messageOf(error),
  friendlyMessage: messageOf(error),
  errorCode: null,
  hint: error.hintText,
  record: null,
  failing: null,
  failed: 0,
  failedRun: null,
  depth: 1,
  correlationId: '',
  requestId: '',
  attempts: 0,
  total: 0,
  processed: 0,
  batches: 0,
})
