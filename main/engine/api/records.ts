import { errorText } from '#text/english/errors'
import type { UserChange } from '../contract/engine.ts'
import { inputInvalid } from '../contract/errors.ts'
import type { RecordLoader } from '../contract/loader.ts'
import type { RecordInput, RecordQuery, RecordRef } from '../contract/records.ts'
import type { Principal } from '../contract/security.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { workOf } from '../operations/context.ts'
import { createEvent, createRecord } from '../operations/create.ts'
import { checkRowsFree } from '../operations/holds.ts'
import { updateRecord, validateUpdate } from '../operations/update.ts'
import { newCall } from '../pipeline/call.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findOwners, findUser } from '../store/owners.ts'
import { PlanTable } from '../store/plan-table.ts'
import { openLoader } from '../store/record-loader.ts'
import { countRecords, findRecords, getRecord } from '../store/records.ts'
import { describeRow, getRow } from '../store/rows.ts'
import { setDisabled, setRemoved } from '../store/users.ts'
import { change, method } from './method.ts'

/** Reading and changing records one by one, users, and bulk loading. */
export const recordMethods = {
  findRecords: method({
    where: 'query',
    run: ({ session }, query: RecordQuery) => session.connection.read(() => findRecords(session.connection, session.model, query)),
  }),
  /** @throws RECORD_NOT_FOUND */
  getRecord: method({ where: 'main', run: ({ session }, record: RecordRef) => getRecord(session.connection, session.model, record) }),
  countRecords: method({
    where: 'query',
    run: ({ session }, table: string) => countRecords(session.connection, session.model.table(table)),
  }),

  /** Returns users and teams whose names contain the text, or the one that has it as its GUID. */
  findPrincipals: method({
    where: 'main',
    run: ({ session: { connection, model } }, search?: string): Principal[] =>
      findOwners(connection, search ?? '', 200).map((owner) => describeOwner(connection, model, owner)),
  }),

  /**
   * Returns a user, given by GUID or by a name that no other user has.
   * @throws INPUT_INVALID if there is no such user, NAME_AMBIGUOUS if several users have the name
   */
  getUser: method({
    where: 'main',
    run({ session: { connection, model } }, user: string): Principal {
      const found = findUser(connection, model, user)
      if (!found) throw inputInvalid(errorText.userUnknown({ user }), { user })
      return describeOwner(connection, model, found)
    },
  }),

  /** Disables or enables a user, removes one or adds the same one again. The user is given by GUID or by an unshared name. */
  changeUser: change({
    where: 'main',
    run: ({ session, session: { connection } }, name: string, { disabled, removed }: UserChange): void =>
      connection.write(() => {
        const user = findUser(connection, session.model, name)
        if (!user) throw inputInvalid(errorText.userUnknown({ user: name }), { user: name })
        if (disabled !== undefined) setDisabled(connection, user.row, disabled)
        if (removed !== undefined) setRemoved(connection, user.row, removed)
      }),
    announces: () => [{ kind: 'records', tables: ['systemuser'] }],
  }),

  createRecord: change({
    where: 'interactive',
    run({ session, pipeline }, table: string, values: RecordInput, caller: string): RecordRef {
      pipeline.refresh()
      const call = newCall(session, caller)
      const event = createEvent(workOf(pipeline), call, session.model.table(table), values)
      pipeline.preValidate(event)
      return pipeline.transact(() => createRecord(workOf(pipeline), event))
    },
    announces: (_record, [table]) => [{ kind: 'records', tables: [table] }],
  }),

  /** Updates columns other than the owner, whose change is an assign. */
  updateRecord: change({
    where: 'interactive',
    run({ session, pipeline }, { table: name, id }: RecordRef, given: RecordInput, caller: string): void {
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
  holdRecord: method({
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
  load: method({
    where: 'main',
    run: ({ session }, caller: string): RecordLoader =>
      openLoader({
        connection: session.connection,
        model: session.model,
        caller: session.caller(caller).row,
        nowMs: session.options.now(),
      }),
  }),
}

function describeOwner(connection: Connection, model: CompiledModel, { table, id, name, businessUnit, disabled }: OwnerRow): Principal {
  const unit = businessUnit === null ? null : describeRow(connection, model.table('businessunit'), businessUnit).name
  return { table, id, name, disabled, businessUnit: unit }
}
