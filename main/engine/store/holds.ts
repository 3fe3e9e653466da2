import type { RowNumber } from '../contract/loader.ts'
import type { CascadeJobRow } from './cascade-jobs.ts'
import { CASCADE_JOB_COLUMNS } from './cascade-jobs.ts'
import type { Connection, Statement } from './connection.ts'
import type { PlanTable } from './plan-table.ts'

/**
 * A job's hold is a range of its positions, stored in the job's row: holding a thousand records is one write and needs no
 * database lock. The range leads to the items, the items to the rows.
 */
const HELD_ITEMS = `
  _cascade_job c JOIN _job_item i ON i.id >= (SELECT max(id) FROM _job_item WHERE id <= c.hold_first) AND i.id <= c.hold_last
  JOIN _system_job s ON s.number = c.job WHERE c.hold_first IS NOT NULL`

/** A run may begin before the held range and end after it. */
const HELD_ROWS = 'BETWEEN i.row + max(0, c.hold_first - i.id) AND i.row + min(i.count - 1, c.hold_last - i.id)'

/** A job that holds a row, with the row. */
export interface Holder extends CascadeJobRow {
  heldRow: RowNumber
}

const anyHold = (connection: Connection, except: number): boolean =>
  connection.statement<[number]>('SELECT 1 FROM _cascade_job WHERE hold_first IS NOT NULL AND job <> ?').get(except) !== undefined

/** Returns the jobs, other than `except`, that hold records. */
export const findHolders = (connection: Connection, except: number): Pick<CascadeJobRow, 'operation' | 'name'>[] =>
  anyHold(connection, except)
    ? connection
        .statement<[number], Pick<CascadeJobRow, 'operation' | 'name'>>(
          'SELECT c.operation, s.name FROM _cascade_job c JOIN _system_job s ON s.number = c.job WHERE c.hold_first IS NOT NULL AND c.job <> ?',
        )
        .all(except)
    : []

/** Returns the job, other than `except`, that holds one of these rows, for the first held row. */
export function findHolder(connection: Connection, rows: RowNumber[], except = 0): Holder | undefined {
  if (!anyHold(connection, except)) return undefined
  const sql = `SELECT ${CASCADE_JOB_COLUMNS}, r.value AS heldRow FROM json_each(?) r, ${HELD_ITEMS} AND c.job <> ? AND r.value ${HELD_ROWS} ORDER BY r.key LIMIT 1`
  return connection.statement<[string, number], Holder>(sql).get(JSON.stringify(rows), except)
}

/** Returns the job, other than `except`, that holds a row of a plan. */
export function findPlanHolder(connection: Connection, plan: PlanTable, except = 0): Holder | undefined {
  if (!anyHold(connection, except)) return undefined
  const sql = `SELECT ${CASCADE_JOB_COLUMNS}, p.row AS heldRow FROM ${plan.name} p, ${HELD_ITEMS} AND c.job <> ? AND p.row ${HELD_ROWS} LIMIT 1`
  return (connection.statement(sql) as unknown as Statement<[number], Holder>).get(except)
}
