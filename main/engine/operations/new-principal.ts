import type { RowNumber } from '../contract/loader.ts'
import type { RecordRef } from '../contract/records.ts'
import type { Session } from '../session/session.ts'
import { completePrincipal } from '../store/new-principals.ts'
import { administratorOf } from '../store/owners.ts'
import { insertRecord } from '../store/records.ts'
import type { StoredRow } from '../store/values.ts'
import { withStatus } from './record-update.ts'

/** Inserts a user, team or business unit as the administrator, without steps. */
export function insertPrincipal(
  { connection, model, options }: Session,
  table: 'systemuser' | 'team' | 'businessunit',
  stored: StoredRow,
): RecordRef & { row: RowNumber } {
  const administrator = administratorOf(connection).row
  const nowMs = options.now()
  const stamps = { createdon: nowMs, createdby: administrator, modifiedon: nowMs, modifiedby: administrator }
  const insert = (name: string, id: string, columns: StoredRow): RowNumber =>
    insertRecord(connection, model.table(name), id, { ...withStatus(model.table(name), columns), ...stamps })
  const id = options.newId()
  const row = insert(table, id, stored)
  completePrincipal(connection, model.table(table), row, stored, (team) => insert('team', options.newId(), team))
  return { table, id, row }
}
