import type { StepJob } from '../../contract/jobs.ts'
import type { LookupValue } from '../../contract/records.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { Connection } from '../../store/connection.ts'
import { bytesToGuid } from '../../store/guid.ts'
import { describeRow } from '../../store/rows.ts'
import type { StepJobRow } from '../../store/step-jobs.ts'
import { describeCommonFields } from '../describe-job.ts'
import { isEnded } from '../states.ts'

/** Describes the job of an asynchronous step, which is one run of that step. */
export function describeStepJob(connection: Connection, model: CompiledModel, row: StepJobRow): StepJob {
  const common = describeCommonFields(connection, model, row)
  return {
    ...common,
    kind: 'step',
    messageName: row.messagename,
    plugin: row.plugin_name,
    regarding: regardingOf(connection, model, row),
    failing: null,
    failed: 0,
    attempts: 0,
    total: 1,
    processed: isEnded(common.status) ? 1 : 0,
    batches: 0,
  }
}

/** Returns the record with its present name, or without one where it is gone. */
export function regardingOf(connection: Connection, model: CompiledModel, row: StepJobRow): LookupValue | null {
  if (row.primaryentitytype === null || row.regarding_guid === null) return null
  const id = bytesToGuid(row.regarding_guid)
  const found =
    row.regardingobjectid === null ? undefined : describeRow(connection, model.table(row.primaryentitytype), row.regardingobjectid)
  return found?.id === id ? found : { table: row.primaryentitytype, id, name: null }
}
