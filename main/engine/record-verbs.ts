import { recordUpdate, withStatus } from './cascade/record-update.ts'
import { resolveAssignee } from './cascade/request.ts'
import type { Engine } from './engine.ts'
import { inputInvalid } from './errors.ts'
import { checkRowsFree } from './jobs/holds.ts'
import type { RowNumber } from './loader.ts'
import type { CompiledTable } from './model/compiled-model.ts'
import type { RecordInput } from './model.ts'
import type { Session } from './session.ts'
import { PlanTable } from './store/plan-table.ts'
import { openLoader } from './store/record-loader.ts'
import { countRecords, findRecords, getRecord, insertRecord, storedInput, updateStored } from './store/records.ts'
import { describeRow, findOwner, findOwnerByRow, findOwners, findRow, getRow } from './store/rows.ts'
import { setDisabled, setRemoved } from './store/users.ts'
import type { StoredRow } from './store/values.ts'

type RecordVerbs = Pick<
  Engine,
  'findRecords' | 'getRecord' | 'findPrincipals' | 'changeUser' | 'createRecord' | 'updateRecord' | 'holdRecord' | 'countRecords' | 'load'
>

/** The plan table of a single record that is held. */
const HELD_RECORD = 1_003

export function recordVerbs(session: Session): RecordVerbs {
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
      return connection.write(() => {
        const table = session.model.table(name)
        const by = session.caller(caller)
        const { [table.definition.primaryId]: givenId, ...rest } = values
        const id = givenId === undefined ? options.newId() : String(givenId).toLowerCase()
        if (findRow(connection, table, id) !== undefined)
          throw inputInvalid(`There already is a ${name} with the id ${id}.`, { table: name, id })
        const stored = storedInput(connection, session.model, table, rest)
        const nowMs = options.now()
        insertRecord(connection, table, id, {
          ...withStatus(table, stored),
          ...owned(session, table, rest, stored, by.row),
          createdon: nowMs,
          createdby: by.row,
          modifiedon: nowMs,
          modifiedby: by.row,
          ...(table.definition.mergeable ? { merged: 0 } : {}),
        })
        return { table: name, id }
      })
    },

    updateRecord({ table: name, id }, values, caller) {
      connection.write(() => {
        const table = session.model.table(name)
        const by = session.caller(caller)
        const row = getRow(connection, table, id)
        checkRowsFree(session, table, [row])
        const stored = recordUpdate(connection, session.model, table, row, values)
        updateStored(connection, table, row, { ...stored, modifiedon: options.now(), modifiedby: by.row })
      })
    },

    holdRecord({ table: name, id }) {
      const table = session.model.table(name)
      const row = getRow(connection, table, id)
      checkRowsFree(session, table, [row])
      const held = new PlanTable(connection, HELD_RECORD, false)
      held.addRoot(row, null)
      session.heldPlan = held
      return () => {
        session.heldPlan = undefined
        held.drop()
      }
    },

    load: (caller) => openLoader({ connection, model: session.model, caller: session.caller(caller).row, nowMs: options.now() }),
  }
}

function owned({ connection, model }: Session, table: CompiledTable, values: RecordInput, stored: StoredRow, caller: RowNumber): StoredRow {
  if (!table.hasOwner) return {}
  const given = values.ownerid
  const owner =
    typeof given === 'string' || (typeof given === 'object' && given !== null && !Array.isArray(given))
      ? resolveAssignee(connection, model, given).row
      : ((stored.ownerid as number | undefined) ?? caller)
  return { ownerid: owner, owningbusinessunit: findOwnerByRow(connection, owner)?.businessUnit ?? null }
}
