import type { Engine } from './engine.ts'
import { EngineError, inputInvalid } from './errors.ts'
import type { RowNumber } from './loader.ts'
import type { CompiledTable } from './model/compiled-model.ts'
import type { PlatformErrorName } from './errors.ts'
import type { RecordInput } from './model.ts'
import type { Session } from './session.ts'
import { countRecords, findRecords, getRecord, insertRecord, isAbove, storedInput, updateStored } from './store/records.ts'
import { openLoader } from './store/record-loader.ts'
import { describeRow, findOwnerByRow, findOwners, findRow, getRow } from './store/rows.ts'
import { resolveAssignee } from './cascade/request.ts'
import type { StoredRow } from './store/values.ts'

type RecordVerbs = Pick<Engine, 'findRecords' | 'getRecord' | 'findPrincipals' | 'createRecord' | 'updateRecord' | 'countRecords' | 'load'>

const LOOP_ERRORS: Record<string, PlatformErrorName> = { account: 'AccountLoopBeingCreated', contact: 'ContactLoopBeingCreated' }

/** Status reasons that stand for active and inactive where a table does not name its own. */
const DEFAULT_STATUS: Record<number, number> = { 0: 1, 1: 2 }

export function recordVerbs(session: Session): RecordVerbs {
  const { connection, options } = session
  return {
    findRecords: (query) => connection.read(() => findRecords(connection, session.model, query)),
    getRecord: (record) => getRecord(connection, session.model, record),
    countRecords: (table) => countRecords(connection, session.model.table(table)),

    findPrincipals: (search = '') =>
      findOwners(connection, search, 200).map(({ table, id, name, businessUnit, disabled }) => ({
        table, id, name, disabled, businessUnit: businessUnit === null ? null : describeRow(connection, session.model.table('businessunit'), businessUnit).name,
      })),

    createRecord(name, values, caller) {
      return connection.write(() => {
        const table = session.model.table(name)
        const by = session.caller(caller)
        const { [table.definition.primaryId]: givenId, ...rest } = values
        const id = givenId === undefined ? options.newId() : String(givenId).toLowerCase()
        if (findRow(connection, table, id) !== undefined) throw inputInvalid(`There already is a ${name} with the id ${id}.`, { table: name, id })
        const stored = storedInput(connection, session.model, table, rest)
        const nowMs = options.now()
        insertRecord(connection, table, id, { ...stateOf(table, stored), ...owned(session, table, rest, stored, by.row), createdon: nowMs, createdby: by.row, modifiedon: nowMs, modifiedby: by.row, ...(table.definition.mergeable ? { merged: 0 } : {}) })
        return { table: name, id }
      })
    },

    updateRecord({ table: name, id }, values, caller) {
      connection.write(() => {
        const table = session.model.table(name)
        const by = session.caller(caller)
        const row = getRow(connection, table, id)
        if ('ownerid' in values) throw inputInvalid('A change of the owner is an assign.', { table: name, id })
        const stored = storedInput(connection, session.model, table, values)
        checkLoops(session, table, row, stored)
        const state = 'statecode' in stored ? stateOf(table, stored) : stored
        updateStored(connection, table, row, { ...state, modifiedon: options.now(), modifiedby: by.row })
      })
    },

    load: (caller) => openLoader({ connection, model: session.model, caller: session.caller(caller).row, nowMs: options.now() }),
  }
}

/** The state with the status reason that belongs to it, where none is given. */
function stateOf(table: CompiledTable, stored: StoredRow): StoredRow {
  const statecode = (stored.statecode as number | null | undefined) ?? table.definition.activeState
  const reasons = table.columns.get('statuscode')?.options.filter(({ state }) => state === statecode) ?? []
  return { ...stored, statecode, statuscode: stored.statuscode ?? reasons[0]?.value ?? DEFAULT_STATUS[statecode] ?? 1 }
}

function owned({ connection, model }: Session, table: CompiledTable, values: RecordInput, stored: StoredRow, caller: RowNumber): StoredRow {
  if (!table.hasOwner) return {}
  const given = values.ownerid
  const owner = typeof given === 'string' || (typeof given === 'object' && given !== null && !Array.isArray(given)) ? resolveAssignee(connection, model, given).row : ((stored.ownerid as number | undefined) ?? caller)
  return { ownerid: owner, owningbusinessunit: findOwnerByRow(connection, owner)?.businessUnit ?? null }
}

/** A row must not come to sit below itself. Source: dataverse reference, section 1.5. */
function checkLoops({ connection, model }: Session, table: CompiledTable, row: RowNumber, stored: StoredRow): void {
  const name = table.definition.logicalName
  for (const { definition } of model.definition.relationships.flatMap(({ schemaName }) => model.relationship(schemaName))) {
    const parent = stored[definition.attribute]
    if (definition.referenced !== name || definition.referencing !== name || definition.attribute === 'masterid' || typeof parent !== 'number') continue
    if (isAbove(connection, table, definition.attribute, parent, row))
      throw new EngineError('CASCADE_REFUSED', `A parental loop would be created: ${name} ${describeRow(connection, table, row).id} would sit below itself through ${definition.attribute}.`, {
        platform: LOOP_ERRORS[name] ?? 'EntityLoopBeingCreated', hint: 'Choose another parent.', details: { table: name, attribute: definition.attribute },
      })
  }
}
