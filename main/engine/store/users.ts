import type { RowNumber } from '../contract/loader.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'

/** A disabled or removed user starts nothing, is assigned nothing, and stops the jobs that run in their name. */

export function setDisabled(connection: Connection, user: RowNumber, disabled: boolean): void {
  connection.statement<[number, number]>(`UPDATE systemuser SET isdisabled = ? WHERE ${ROW} = ?`).run(Number(disabled), user)
}

/** The row stays, because records name it; the same user can be added again. */
export function setRemoved(connection: Connection, user: RowNumber, removed: boolean): void {
  const sql = removed ? 'INSERT OR IGNORE INTO _removed_user (row) VALUES (?)' : 'DELETE FROM _removed_user WHERE row = ?'
  connection.statement<[number]>(sql).run(user)
}
