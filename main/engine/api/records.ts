import type { RecordLoader } from '../contract/loader.ts'
import type { RecordInput, RecordQuery, RecordRef } from '../contract/records.ts'
import { requireRight } from '../operations/authorize.ts'
import { workOf } from '../operations/context.ts'
import { createEvent, createRecord } from '../operations/create.ts'
import { checkRowsFree } from '../operations/holds.ts'
import { updateRecord, validateUpdate } from '../operations/update.ts'
import { newCall } from '../pipeline/call.ts'
import { rightsOf } from '../store/caller-rights.ts'
import { PlanTable } from '../store/plan-table.ts'
import { openLoader } from '../store/record-loader.ts'
import { countRecords, findRecords, getRecord } from '../store/records.ts'
import { getRow } from '../store/rows.ts'
import { userChange, userMethod } from './method.ts'

/** Reading and changing records one by one, and bulk loading. */
export const recordMethods = {
  findRecords: userMethod({
    where: 'query',
    run: ({ session: { connection, model }, caller }, query: RecordQuery) =>
      connection.read(() => findRecords(connection, model, query, rightsOf(connection, caller))),
  }),
  /** @throws RECORD_NOT_FOUND; CASCADE_REFUSED with 0x80040220 or 0x80048306 for a record that the user may not read */
  getRecord: userMethod({
    where: 'main',
    run({ session, caller }, record: RecordRef) {
      const { connection, model } = session
      const found = getRecord(connection, model, record)
      requireRight(session, caller, model.table(record.table), getRow(connection, model.table(record.table), record.id), 'Read')
      return found
    },
  }),
  countRecords: userMethod({
    where: 'query',
    run: ({ session: { connection, model }, caller }, table: string) =>
      countRecords(connection, model.table(table), rightsOf(connection, caller)),
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
      session.hold(held)
      return () => held[Symbol.dispose]()
    },
  }),

  /** Begins a bulk load; nothing else is written on this connection until it is committed or rolled back. */
  load: userMethod({
    where: 'main',
    run: ({ session: { connection, model, options }, caller }): RecordLoader =>
      openLoader({ connection, model, caller: caller.row, nowMs: options.now(), newId: options.newId }),
  }),
}
