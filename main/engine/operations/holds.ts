import type { CascadeOperation } from '../contract/cascades.ts'
import { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Session } from '../session/session.ts'
import type { Connection } from '../store/connection.ts'
import { bytesToGuid } from '../store/guid.ts'
import type { Holder } from '../store/holds.ts'
import { findHolder } from '../store/holds.ts'
import type { JobRow } from '../store/jobs.ts'
import { jobStatements } from '../store/jobs.ts'
import { describeRow } from '../store/rows.ts'

const DONE_TO_IT: Record<CascadeOperation, string> = { Assign: 'assigned', Delete: 'deleted', Merge: 'merged' }

/** Codes and wording of the platform for Delete and Assign; no code is known for Merge. Source: dataverse reference, section 2.8. */
function ongoing(job: JobRow, table: string, id: string) {
  const done = DONE_TO_IT[job.operation]
  const operation = job.operation.toLowerCase()
  const jobId = bytesToGuid(job.guid)
  const operationId = bytesToGuid(job.requestid)
  const ids = `(EntityId: ${id}, EntityName: ${table}, AsyncJobName: ${job.name}, AsyncJobId: ${jobId}, Async${job.operation}OperationId: ${operationId})`
  return {
    message: `This entity is currently being ${done} as part of an asynchronous cascade ${operation} job. Look the job up by its AsyncJobName in the system jobs view. ${ids}`,
    platform:
      job.operation === 'Delete'
        ? ('AsyncDeleteOperationOngoing' as const)
        : job.operation === 'Assign'
          ? ('AsyncAssignOperationOngoing' as const)
          : ('SQLTimeout' as const),
    details: { table, id, job: job.name, jobId },
  }
}

/** Makes the error for a record of a running batch. Waiting helps, because the batch releases the record when it commits. */
export function recordHeld(connection: Connection, table: CompiledTable, holder: Holder): EngineError {
  const { message, platform, details } = ongoing(holder, table.definition.logicalName, describeRow(connection, table, holder.heldRow).id)
  return new EngineError('RECORD_HELD', message, {
    platform,
    details,
    hint: `Wait until the batch of ${holder.name} is done, then try again.`,
  })
}

/** @throws RECORD_HELD if a batch of a job other than `except` holds one of these rows of a table */
export function checkFree(connection: Connection, table: CompiledTable, rows: RowNumber[], except = 0): void {
  const holder = findHolder(connection, rows, except)
  if (holder) throw recordHeld(connection, table, holder)
}

/** The same for a synchronous cascade that a watcher has stopped while it holds its records. */
export function checkRowsFree(
  { connection, heldPlan }: Pick<Session, 'connection' | 'heldPlan'>,
  table: CompiledTable,
  rows: RowNumber[],
): void {
  checkFree(connection, table, rows)
  const row = heldPlan?.findRow(rows)
  if (row !== undefined) throw heldByCascade(table.definition.logicalName, describeRow(connection, table, row).id)
}

/** Refuses a second asynchronous delete or assign of a root until the job of the first has ended, even while it is paused. */
export function checkRoot(connection: Connection, operation: CascadeOperation, table: string, root: RowNumber): void {
  if (operation === 'Merge') return
  const job = jobStatements(connection).heldRoot.get(root, operation)
  if (!job) return
  const { message, platform, details } = ongoing(job, table, bytesToGuid(job.regarding_guid))
  throw new EngineError('CASCADE_REFUSED', message, {
    platform,
    details,
    hint: `Wait until ${job.name} has ended; a paused one can be resumed or cancelled.`,
  })
}

/** Makes the error for a record of a synchronous cascade that is about to be applied. */
export const heldByCascade = (table: string, id: string): EngineError =>
  new EngineError('RECORD_HELD', `${table} ${id} is held by a synchronous cascade, which is one transaction and has not ended.`, {
    platform: 'SQLTimeout',
    hint: 'Wait until it has ended, then try again.',
    details: { table, id },
  })
