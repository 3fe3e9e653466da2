import type { CascadeRequest } from '../../contract/cascades.ts'
import type { Job } from '../../contract/jobs.ts'
import type { LookupValue } from '../../contract/records.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { Connection } from '../../store/connection.ts'
import { bytesToGuid } from '../../store/guid.ts'
import type { JobRow } from '../../store/jobs.ts'
import { describeRow, findOwnerByRow } from '../../store/rows.ts'
import { statusOf } from '../states.ts'

/** Converts a job's row to plain data. */
export function describeJob(connection: Connection, model: CompiledModel, row: JobRow): Job {
  const owner = (number: number): LookupValue => {
    const found = findOwnerByRow(connection, number)
    return found ? { table: found.table, id: found.id, name: found.name } : describeRow(connection, model.table('systemuser'), number)
  }
  return {
    id: bytesToGuid(row.guid),
    name: row.name,
    operation: row.operation,
    operationType: row.operationtype,
    status: statusOf(row),
    statecode: row.statecode,
    statuscode: row.statuscode,
    retryCount: row.retrycount,
    attempts: row.attempts,
    postponeUntilMs: row.postponeuntil,
    createdOnMs: row.createdon,
    startedOnMs: row.startedon,
    completedOnMs: row.completedon,
    modifiedOnMs: row.modifiedon,
    createdBy: owner(row.createdby),
    owner: owner(row.ownerid),
    owningBusinessUnit:
      row.owningbusinessunit === null ? null : describeRow(connection, model.table('businessunit'), row.owningbusinessunit),
    regarding: { table: row.primaryentitytype, id: bytesToGuid(row.regarding_guid), name: row.regarding_name },
    primaryEntityType: row.primaryentitytype,
    messageName: row.messagename,
    message: row.message,
    friendlyMessage: row.friendlymessage,
    errorCode: row.errorcode,
    depth: row.depth,
    correlationId: bytesToGuid(row.correlationid),
    requestId: bytesToGuid(row.requestid),
    total: row.total,
    processed: row.position,
    batches: row.batches,
    request: JSON.parse(row.request) as CascadeRequest,
  }
}
