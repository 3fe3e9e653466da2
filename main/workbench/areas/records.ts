import { engineMethods } from '#engine'
import type { ModeChoice, OperationOutcome } from '#engine/contract/cascades'
import type { RecordInput, RecordRef } from '#engine/contract/records'
import { splitUpdate } from '#engine/operations/split-update'
import type { Core } from '../core.ts'
import type { CascadeWatcher } from '../observer.ts'
import type { CascadeArea } from './cascades.ts'

export interface RecordArea {
  createRecord(table: string, values: RecordInput, caller: string, watcher?: CascadeWatcher): Promise<OperationOutcome>
  /** Updates a record. A changed `ownerid` runs as an assign, in the mode that its cascade requires. */
  updateRecord(
    record: RecordRef,
    values: RecordInput,
    caller: string,
    mode?: ModeChoice,
    watcher?: CascadeWatcher,
  ): Promise<OperationOutcome>
}

const { createRecord, updateRecord } = engineMethods

/** Returns the methods that create and update records, with steps and watchers. */
export function recordArea(core: Core, executeWithOptions: CascadeArea['executeWithOptions']): RecordArea {
  const { engine, threads } = core
  return {
    async createRecord(table, values, caller, watcher) {
      await watchOne(watcher)
      const record = await core.withSteps(
        () => engine.createRecord(table, values, caller),
        () => threads.interactive.call('createRecord', table, values, caller),
      )
      core.changed(createRecord.announces(record, [table, values, caller]))
      return completed(record)
    },

    async updateRecord(record, values, caller, mode = 'Auto', watcher) {
      const { owner, others } = splitUpdate(values)
      if (owner === undefined) {
        await watchOne(watcher, record)
        await core.withSteps(
          () => engine.updateRecord(record, others, caller),
          () => threads.interactive.call('updateRecord', record, others, caller),
        )
        core.changed(updateRecord.announces(undefined, [record, others, caller]))
        return completed(null)
      }
      const executeOptions = { ...(Object.keys(others).length > 0 ? { otherColumns: others } : {}), asUpdate: true }
      return executeWithOptions({ operation: 'Assign', record, to: owner }, caller, {
        mode,
        executeOptions,
        ...(watcher ? { watcher } : {}),
      })
    },
  }

  /** Calls a watcher at the moments of a change of one record, which is held meanwhile if it exists. */
  async function watchOne(watcher: CascadeWatcher | undefined, record?: RecordRef): Promise<void> {
    if (!watcher) return
    if (record) engine.getRecord(record)
    await watcher.at({ kind: 'afterPlan' }, null)
    core.checkAlive()
    const letGo = record && (await core.patiently(async () => engine.holdRecord(record)))
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
