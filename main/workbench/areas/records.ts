import { engineMethods } from '#engine'
import type { ModeChoice, OperationOutcome } from '#engine/contract/cascades'
import { EngineError } from '#engine/contract/errors'
import type { RecordInput, RecordRef } from '#engine/contract/records'
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
      const { ownerid, ...rest } = values
      if (ownerid === undefined) {
        await watchOne(watcher, record)
        await core.withSteps(
          () => engine.updateRecord(record, rest, caller),
          () => threads.interactive.call('updateRecord', record, rest, caller),
        )
        core.changed(updateRecord.announces(undefined, [record, rest, caller]))
        return completed(null)
      }
      if (typeof ownerid !== 'string' && (typeof ownerid !== 'object' || ownerid === null || Array.isArray(ownerid)))
        throw new EngineError('INPUT_INVALID', 'An owner is a user or a team, by name or by id.', {
          platform: 'InvalidOwnerID',
          details: { ownerid },
        })
      const executeOptions = { ...(Object.keys(rest).length > 0 ? { otherColumns: rest } : {}), asUpdate: true }
      return executeWithOptions({ operation: 'Assign', record, to: ownerid }, caller, {
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
