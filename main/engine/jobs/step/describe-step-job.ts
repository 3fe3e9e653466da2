import type { StepJob } from '../../contract/jobs.ts'
import type { LookupValue } from '../../contract/records.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { Connection } from '../../store/connection.ts'
import { bytesToGuid } from '../../store/guid.ts'
import { describeRow } from '../../store/rows.ts'
import type { StepJobRow } from '../../store/step-jobs.ts'
import { statusOf } from '../states.ts'

/** Converts the row of an asynchronous step's job to plain data. */
export function describeStepJob(connection: Connection, model: CompiledModel, row: StepJobRow): StepJob {
  return {
    id: bytesToGuid(row.guid),
    name: row.name,
    operationType: 1,
    // The job of a step can be neither paused nor cancelled.
    status: statusOf(row) as StepJob['status'],
    statecode: row.statecode,
    statuscode: row.statuscode,
    plugin: row.plugin_name,
    message: row.message_name,
    regarding: regardingOf(connection, model, row),
    retryCount: row.retrycount,
    createdOnMs: row.createdon,
    startedOnMs: row.startedon,
    completedOnMs: row.completedon,
    createdBy: describeRow(connection, model.table('systemuser'), row.createdby),
    errorMessage: row.message,
    errorCode: row.errorcode,
    depth: row.depth,
    correlationId: bytesToGuid(row.correlation),
  }
}

/** Returns the record of the job, with its name if it still exists. */
function regardingOf(connection: Connection, model: CompiledModel, row: StepJobRow): LookupValue | null {
  if (row.table_number === null || row.regarding_guid === null) return null
  const table = model.tableByNumber(row.table_number)
  const id = bytesToGuid(row.regarding_guid)
  const found = row.row === null ? undefined : describeRow(connection, table, row.row)
  return found?.id === id ? found : { table: table.definition.logicalName, id, name: null }
}
