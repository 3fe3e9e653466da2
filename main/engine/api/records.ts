import type { RecordLoader } from '../contract/loader.ts'
import type { RecordInput, RecordQuery, RecordRef } from '../contract/records.ts'
import { workOf } from '../operations/context.ts'
import { createEvent, createRecord } from '../operations/create.ts'
import { checkRowsFree } from '../operations/holds.ts'
import { updateRecord, validateUpdate } from '../operations/update.ts'
import { newCall } from '../pipeline/call.ts'
import { PlanTable } from '../store/plan-table.ts'
import { openLoader } from '../store/record-loader.ts'
import { countRecords, findRecords, getRecord } from '../store/records.ts'
import { getRow } from '../store/rows.ts'
import { userChange, userMethod } from './method.ts'

/** Reading and changing records one by one, and bulk loading. */
export const recordMethods = {
  findRecords: userMethod({
    where: 'query',
    run: ({ session }, query: RecordQuery) => session.connection.read(() => findRecords(session.connection, session.model, query)),
  }),
  /** @throws RECORD_NOT_FOUND */
  getRecord: userMethod({ where: 'main', run: ({ session }, record: RecordRef) => getRecord(session.connection, session.model, record) }),
  countRecords: userMethod({
    where: 'query',
    run: ({ session }, table: string) => countRecords(session.connection, session.model.table(table)),
  }),

  createRecord: userChange({
    where: 'interactive',
    run({ session, pipeline, caller }, table: string, values: RecordInput): RecordRef {
      pipeline.refresh()
      const call = newCall(session, caller)
      const event = createEvent(workOf(pipeline), call, session.model.table(table), values)
      pipeline.preValidate(event)
      return pipeline.transact(() => createRecord(workOf(pipeline), event))
    },
    announces: (_record, [table]) => [{ kind: 'records', tables: [table] }],
  }),

  /** Updates columns other than the owner, whose change is an assign. */
  updateRecord: userChange({
    where: 'interactive',
    run({ session, pipeline, caller }, { table: name, id }: RecordRef, given: RecordInput): void {
      const { connection } = session
      pipeline.refresh()
      const call = newCall(session, caller)
      const table = session.model.table(name)
      const row = getRow(connection, table, id)
      const { values, requestContext } = validateUpdate(workOf(pipeline), call, { table, row, values: given })
      pipeline.transact(() => {
        checkRowsFree(session, table, [getRow(connection, table, id)])
        updateRecord(workOf(pipeline), call, { table, row, values }, requestContext)
      })
    },
    announces: (_nothing, [{ table }]) => [{ kind: 'records', tables: [table] }],
  }),

  /** Holds one record that is about to be changed, until the undo function is called. @throws RECORD_NOT_FOUND, RECORD_HELD */
  holdRecord: userMethod({
    where: 'main',
    run({ session }, { table: name, id }: RecordRef): () => void {
      const { connection } = session
      const table = session.model.table(name)
      const row = getRow(connection, table, id)
      checkRowsFree(session, table, [row])
      const held = new PlanTable(connection, false)
      held.addRoot(row, null)
      session.heldPlan = held
      return () => held[Symbol.dispose]()
    },
  }),

  /** Begins a bulk load; nothing else is written on this connection until it is committed or rolled back. */
  load: userMethod({
    where: 'main',
    run: ({ session: { connection, model, options }, caller }): RecordLoader =>
      openLoader({ connection, model, caller: caller.row, nowMs: options.now() }),
  }),
}
