import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import type { CascadeOperation } from '../contract/cascades.ts'
import { EngineError, recordPhrase } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { LookupValue } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Session } from '../session/session.ts'
import type { CascadeJobRow } from '../store/cascade-jobs.ts'
import { cascadeJobStatements } from '../store/cascade-jobs.ts'
import type { Connection } from '../store/connection.ts'
import { bytesToGuid } from '../store/guid.ts'
import type { Holder } from '../store/holds.ts'
import { findHolder } from '../store/holds.ts'
import { describeRow } from '../store/rows.ts'
import { kindOf } from './kinds/kind-of.ts'

/** Describes a record under a job's batch in the platform's words. Source: dataverse reference, section 2.8. */
function ongoing(job: CascadeJobRow, record: LookupValue) {
  const { table, id } = record
  const { held } = kindOf(job.operation)
  const jobId = bytesToGuid(job.guid)
  return {
    message: platform.entityHeld({
      participle: held.participle,
      operation: job.operation.toLowerCase(),
      id,
      table,
      job: job.name,
      jobId,
      operationName: job.operation,
      operationId: bytesToGuid(job.requestid),
    }),
    platform: held.platform,
    record,
    details: { table, id, job: job.name, jobId },
  }
}

/** Makes the error for a record of a running batch. Waiting helps, because the batch releases the record when it commits. */
export function recordHeld(connection: Connection, table: CompiledTable, holder: Holder): EngineError {
  const { message, ...held } = ongoing(holder, describeRow(connection, table, holder.heldRow))
  return new EngineError('RECORD_HELD', message, {
    ...held,
    hint: operationText.batchHint({ job: holder.name }),
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
  if (row !== undefined) throw heldByCascade(describeRow(connection, table, row))
}

/** @throws CASCADE_REFUSED where the root belongs to a job of the same operation that has not ended, paused time included. */
export function checkRoot(connection: Connection, operation: CascadeOperation, table: string, root: RowNumber): void {
  if (!kindOf(operation).holdsRoot) return
  const job = cascadeJobStatements(connection).heldRoot.get(root, operation)
  if (!job) return
  const { message, ...held } = ongoing(job, { table, id: bytesToGuid(job.regarding_guid), name: job.regarding_name })
  throw new EngineError('CASCADE_REFUSED', message, {
    ...held,
    hint: operationText.jobHint({ job: job.name }),
  })
}

/** Makes the error for a record of a synchronous cascade that is about to be applied. */
export const heldByCascade = (record: LookupValue): EngineError =>
  new EngineError('RECORD_HELD', operationText.heldByCascade({ record: recordPhrase(record) }), {
    platform: 'SQLTimeout',
    hint: operationText.cascadeHint,
    record,
    details: { table: record.table, id: record.id },
  })
