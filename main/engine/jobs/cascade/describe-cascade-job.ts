import type { CascadeRequest } from '../../contract/cascades.ts'
import type { CascadeJob } from '../../contract/jobs.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import type { Connection } from '../../store/connection.ts'
import { bytesToGuid } from '../../store/guid.ts'
import { describeCommonFields, recordIn } from '../describe-job.ts'

/** Describes a cascade's job with the position that it has reached. */
export function describeCascadeJob(connection: Connection, model: CompiledModel, row: CascadeJobRow): CascadeJob {
  return {
    ...describeCommonFields(connection, model, row),
    kind: 'cascade',
    operation: row.operation,
    request: JSON.parse(row.request) as CascadeRequest,
    modifiedOnMs: Math.max(row.modifiedon, row.progressedon),
    regarding: { table: row.primaryentitytype, id: bytesToGuid(row.regarding_guid), name: row.regarding_name },
    primaryEntityType: row.primaryentitytype,
    failing: recordIn(row.failing),
    failed: row.failed,
    attempts: row.attempts,
    total: row.total,
    processed: row.position,
    batches: row.batches,
  }
}
