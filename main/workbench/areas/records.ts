import { userMethods } from '#engine'
import type { ModeChoice, OperationOutcome } from '#engine/contract/cascades'
import type { RecordInput, RecordRef } from '#engine/contract/records'
import { isAssign, splitUpdate } from '#engine/operations/split-update'
import type { Core } from '../core.ts'
import type { CascadeWatcher } from '../observer.ts'
import type { CascadeArea } from './cascades.ts'

export interface RecordArea {
  createRecord(table: string, values: RecordInput, watcher?: CascadeWatcher): Promise<OperationOutcome>
  /** Updates a record. A changed `ownerid` runs as an assign, in the mode that its cascade requires. */
  updateRecord(record: RecordRef, values: RecordInput, mode?: ModeChoice, watcher?: CascadeWatcher): Promise<OperationOutcome>
}

const { createRecord, updateRecord } = userMethods

/** Returns the methods with which a user creates and updates records, with steps and watchers. */
export function recordArea(core: Core, userId: string, executeWithOptions: CascadeArea['executeWithOptions']): RecordArea {
  const { threads } = core
  const user = core.engine.as(userId)
  return {
    async createRecord(table, values, watcher) {
      await watchOne(watcher)
      const record = await core.withSteps(
        () => user.createRecord(table, values),
        () => threads.interactive.callAs(userId, 'createRecord', table, values),
      )
      core.changed(createRecord.announces(record, [table, values]))
      return completed(record)
    },

    async updateRecord(record, values, mode = 'Auto', watcher) {
      const parts = splitUpdate(values)
      const { owner = null, unit, others } = parts
      if (!isAssign(parts)) {
        await watchOne(watcher, record)
        await core.withSteps(
          () => user.updateRecord(record, others),
          () => threads.interactive.callAs(userId, 'updateRecord', record, others),
        )
        core.changed(updateRecord.announces(undefined, [record, others]))
        return completed(null)
      }
      const executeOptions = { ...(Object.keys(others).length > 0 ? { otherColumns: others } : {}), asUpdate: true }
      return executeWithOptions(
        { operation: 'Assign', record, to: owner, ...(unit ? { businessUnit: unit } : {}) },
        {
          mode,
          executeOptions,
          ...(watcher ? { watcher } : {}),
        },
      )
    },
  }

  /** Calls a watcher at the moments of a change of one record, which is held meanwhile if it exists. */
  async function watchOne(watcher: CascadeWatcher | undefined, record?: RecordRef): Promise<void> {
    if (!watcher) return
    if (record) user.getRecord(record)
    await watcher.at({ kind: 'afterPlan' }, null)
    core.checkAlive()
    const letGo = record && (await core.patiently(async () => user.holdRecord(record)))
    await watcher.at({ kind: 'insideBatch', batch: 1 }, null)
    core.checkAlive()
    letGo?.()
  }
}

const completed = (record: OperationOutcome['record']): OperationOutcome => ({
  outcome: 'Completed',
  mode: 'Sync',
  affected: 1,
  jobId: null,
  record,
})
