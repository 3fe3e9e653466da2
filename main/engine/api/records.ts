import type { Engine } from '../contract/engine.ts'
import { inputInvalid } from '../contract/errors.ts'
import { workOf } from '../operations/context.ts'
import { createEvent, createRecord } from '../operations/create.ts'
import { checkRowsFree } from '../operations/holds.ts'
import { updateRecord, validateUpdate } from '../operations/update.ts'
import { newCall } from '../pipeline/call.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import type { Session } from '../session/session.ts'
import { PlanTable } from '../store/plan-table.ts'
import { openLoader } from '../store/record-loader.ts'
import { countRecords, findRecords, getRecord } from '../store/records.ts'
import { describeRow, findOwner, findOwners, getRow } from '../store/rows.ts'
import { setDisabled, setRemoved } from '../store/users.ts'

type RecordVerbs = Pick<
  Engine,
  'findRecords' | 'getRecord' | 'findPrincipals' | 'changeUser' | 'createRecord' | 'updateRecord' | 'holdRecord' | 'countRecords' | 'load'
>

export function recordVerbs(session: Session, pipeline: Pipeline): RecordVerbs {
  const { connection, options } = session
  return {
    findRecords: (query) => connection.read(() => findRecords(connection, session.model, query)),
    getRecord: (record) => getRecord(connection, session.model, record),
    countRecords: (table) => countRecords(connection, session.model.table(table)),

    findPrincipals: (search = '') =>
      findOwners(connection, search, 200).map(({ table, id, name, businessUnit, disabled }) => ({
        table,
        id,
        name,
        disabled,
        businessUnit: businessUnit === null ? null : describeRow(connection, session.model.table('businessunit'), businessUnit).name,
      })),

    changeUser(name, { disabled, removed }) {
      connection.write(() => {
        const user = findOwner(connection, session.model, name)
        if (user?.table !== 'systemuser') throw inputInvalid(`There is no user "${name}".`, { user: name })
        if (disabled !== undefined) setDisabled(connection, user.row, disabled)
        if (removed !== undefined) setRemoved(connection, user.row, removed)
      })
    },

    createRecord(name, values, caller) {
      pipeline.refresh()
      const call = newCall(session, caller)
      const event = createEvent(workOf(pipeline), call, session.model.table(name), values)
      pipeline.preValidate(event)
      return pipeline.transact(() => createRecord(workOf(pipeline), event))
    },

    updateRecord({ table: name, id }, given, caller) {
      pipeline.refresh()
      const call = newCall(session, caller)
      const table = session.model.table(name)
      const row = getRow(connection, table, id)
      const { values, seed } = validateUpdate(workOf(pipeline), call, { table, row, values: given })
      pipeline.transact(() => {
        checkRowsFree(session, table, [getRow(connection, table, id)])
        updateRecord(workOf(pipeline), call, { table, row, values }, seed)
      })
    },

    holdRecord({ table: name, id }) {
      const table = session.model.table(name)
      const row = getRow(connection, table, id)
      checkRowsFree(session, table, [row])
      const held = new PlanTable(connection, false)
      held.addRoot(row, null)
      session.heldPlan = held
      return () => held[Symbol.dispose]()
    },

    load: (caller) => openLoader({ connection, model: session.model, caller: session.caller(caller).row, nowMs: options.now() }),
  }
}
