import type { RowNumber } from '../contract/loader.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'

/** Disabled and removed users: they cannot act or be assigned records, and jobs in their name stop. */

export function setDisabled(connection: Connection, user: RowNumber, disabled: boolean): void {
  connection.statement<[number, number]>(`UPDATE systemuser SET isdisabled = ? WHERE ${ROW} = ?`).run(Number(disabled), user)
}

/** Marks a user as removed or not. The row stays, because records refer to it; the same user can be added again. */
export function setRemoved(connection: Connection, user: RowNumber, removed: boolean): void {
  const sql = removed ? 'INSERT OR IGNORE INTO _removed_user (row) VALUES (?)' : 'DELETE FROM _removed_user WHERE row = ?'
  connection.statement<[number]>(sql).run(user)
}
