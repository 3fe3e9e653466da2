import type { Message } from '#text/message'
import { readStoredMessage } from '#text/stored-message'
import type { SystemJob } from '../contract/jobs.ts'
import type { LookupValue } from '../contract/records.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import { bytesToGuid } from '../store/guid.ts'
import { findOwnerByRow } from '../store/owners.ts'
import { describeRow } from '../store/rows.ts'
import type { SystemJobRow } from '../store/system-jobs.ts'
import { statusOf } from './states.ts'

const messageIn = (column: string | null): Message | null => (column === null ? null : readStoredMessage(column))

/** Returns the record that a column of a job names. */
export const recordIn = (column: string | null): LookupValue | null => (column === null ? null : (JSON.parse(column) as LookupValue))

/** What every system job has, whatever its kind; the kind says what it is about and how far it has come. */
type CommonFields = Omit<SystemJob, 'kind' | 'regarding' | 'failing' | 'failed' | 'attempts' | 'total' | 'processed' | 'batches'>

/** Describes the columns that jobs of every kind share. */
export function describeCommonFields(connection: Connection, model: CompiledModel, row: SystemJobRow): CommonFields {
  const owner = (number: number): LookupValue => {
    const found = findOwnerByRow(connection, number)
    return found ? { table: found.table, id: found.id, name: found.name } : describeRow(connection, model.table('systemuser'), number)
  }
  return {
    id: bytesToGuid(row.guid),
    name: row.name,
    operationType: row.operationtype,
    status: statusOf(row),
    statecode: row.statecode,
    statuscode: row.statuscode,
    retryCount: row.retrycount,
    postponeUntilMs: row.postponeuntil,
    createdOnMs: row.createdon,
    startedOnMs: row.startedon,
    completedOnMs: row.completedon,
    modifiedOnMs: row.modifiedon,
    createdBy: owner(row.createdby),
    owner: owner(row.ownerid),
    owningBusinessUnit:
      row.owningbusinessunit === null ? null : describeRow(connection, model.table('businessunit'), row.owningbusinessunit),
    primaryEntityType: row.primaryentitytype,
    messageName: row.messagename,
    message: messageIn(row.message),
    friendlyMessage: messageIn(row.friendlymessage),
    errorCode: row.errorcode,
    hint: messageIn(row.hint),
    record: recordIn(row.record),
    failedRun: row.failed_run,
    depth: row.depth,
    correlationId: bytesToGuid(row.correlationid),
    requestId: bytesToGuid(row.requestid),
  }
}
