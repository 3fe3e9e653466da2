import type { RowNumber } from '../contract/loader.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'

/** Disabled and removed users: they cannot act or be assigned records, and jobs in their name stop. */

export function setDisabled(connection: Connection, user: RowNumber, disabled: boolean): void {
  connection.statement<[number, number]>(`UPDATE systemuser SET isdisabled = ? WHERE ${ROW} = ?`).run(Number(disabled), user)
}

/** Marks a user as removed or not. The row stays, because records refer to it; the same user can be added again. */
export function setRemoved(connection: Connection, user: RowNumber, removed: boolean): void {
  const sql = removed ? 'INSERT OR IGNORE INTO _removed_user (row) VALUES (?)' : 'DELETE FROM _removed_user WHERE row = ?'
  connection.statement<[number]>(sql).run(user)
}

/** Moves a user to another business unit. The records stay where they are. */
export function setUnitOfUser(connection: Connection, user: RowNumber, unit: RowNumber): void {
  connection.statement<[number, number]>(`UPDATE systemuser SET businessunitid = ? WHERE ${ROW} = ?`).run(unit, user)
  connection.securityChanged()
}

/** Moves the records that an owner owns to a business unit, and nothing that hangs on them. Returns the tables with such records. */
export function moveOwnRecords(connection: Connection, model: CompiledModel, owner: RowNumber, unit: RowNumber): string[] {
  return [...model.tables()]
    .filter(({ hasOwner }) => hasOwner)
    .map(({ definition }) => definition.logicalName)
    .filter((table) => {
      const sql = `UPDATE ${quoted(table)} SET owningbusinessunit = ? WHERE ownerid = ?`
      return connection.statement<[number, number]>(sql).run(unit, owner).changes > 0
    })
}
