import type { PlanAction } from '../contract/cascades.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { Connection } from './connection.ts'
import { statementsOnce } from './connection.ts'
import type { PlanRange, PlanTable, RowRun } from './plan-table.ts'

export interface JobGroupRow {
  number: number
  level: number
  table_number: number
  action: PlanAction
  relationship: number | null
  count: number
}

/** A run of rows in a job; `id` is the position of the first, counted over all jobs. */
export interface JobItemRow {
  id: number
  row: RowNumber
  count: number
  group: number
  parent: RowNumber | null
}

const statements = statementsOnce((connection: Connection) => ({
  putGroup: connection.statement<JobGroupRow & { job: number }>(
    'INSERT INTO _job_group (job, number, level, table_number, action, relationship, count) VALUES (:job, :number, :level, :table_number, :action, :relationship, :count)',
  ),
  group: connection.statement<[number, number], JobGroupRow>(
    'SELECT number, level, table_number, action, relationship, count FROM _job_group WHERE job = ? AND number = ?',
  ),
  groups: connection.statement<[number], JobGroupRow>(
    'SELECT number, level, table_number, action, relationship, count FROM _job_group WHERE job = ? ORDER BY number',
  ),
  clearGroups: connection.statement<[number]>('DELETE FROM _job_group WHERE job = ?'),
  takeItems: connection.statement<[number], { value: number }>(
    `UPDATE _counter SET value = value + ? WHERE name = 'next_item' RETURNING value`,
  ),
  putRun: connection.statement<[number, number, number, number]>('INSERT INTO _job_item (id, row, count, "group") VALUES (?, ?, ?, ?)'),
  between: connection.statement<[number, number], JobItemRow>(
    'SELECT id, row, count, "group", parent FROM _job_item WHERE id >= (SELECT max(id) FROM _job_item WHERE id <= ?) AND id <= ? ORDER BY id',
  ),
}))

export const jobItemStatements = statements

/** Reserves positions for this many items. Returns the position before the first. */
export function takeItems(connection: Connection, count: number): number {
  return (statements(connection).takeItems.get(count)?.value ?? count + 1) - count - 1
}

/** Returns the items that cover positions `first` to `last`, the outer ones cut to this range. */
export function itemsBetween(connection: Connection, first: number, last: number): JobItemRow[] {
  return statements(connection)
    .between.all(first, last)
    .map(({ id, row, count, ...rest }) => {
      const from = Math.max(first, id)
      const to = Math.min(last, id + count - 1)
      return { ...rest, id: from, row: row + from - id, count: to - from + 1 }
    })
}

/** Sorts the rows of some groups of one level by creation, for a level that is not in this order. */
export function sortLevel(
  connection: Connection,
  plan: PlanTable,
  groups: { number: number; range: PlanRange }[],
): { table: string; drop: () => void } {
  const table = 'temp._plan_sorted'
  connection.db.exec(
    `DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (seq INTEGER PRIMARY KEY, row INTEGER, "group" INTEGER, parent INTEGER)`,
  )
  const parts = groups.map(
    ({ number, range }) => `SELECT row, ${number} AS "group", parent FROM ${plan.name} WHERE seq BETWEEN ${range.first} AND ${range.last}`,
  )
  connection.db.exec(`INSERT INTO ${table} (row, "group", parent) SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY row`)
  return { table, drop: () => connection.db.exec(`DROP TABLE ${table}`) }
}

/** Copies rows numbered `first` to `last` of a plan's or sorted table, each as an item of its own, to positions from `position` on. */
export function copyItems(
  connection: Connection,
  from: string,
  group: number | '"group"',
  { first, last }: PlanRange,
  position: number,
): void {
  connection.db
    .prepare(
      `INSERT INTO _job_item (id, row, count, "group", parent) SELECT seq + ?, row, 1, ${group}, parent FROM ${from} WHERE seq BETWEEN ? AND ? ORDER BY seq`,
    )
    .run(position - first, first, last)
}

export function putRun(connection: Connection, position: number, { first, last }: RowRun, group: number): void {
  statements(connection).putRun.run(position, first, last - first + 1, group)
}

/** All items of a job, done or not. */
export interface JobRange {
  job: number
  first: number
  end: number
}

/**
 * Returns which of these rows a job's plan deletes. The first call for a job copies its items into a temporary table with
 * an index. Few jobs need it, only those with cycles in the data, so the items themselves have no such index.
 */
export function plannedAmong(connection: Connection, rows: RowNumber[], { job, first, end }: JobRange): Set<RowNumber> {
  if (rows.length === 0) return new Set()
  connection.db.exec(
    'CREATE TEMP TABLE IF NOT EXISTS _job_row (row INTEGER PRIMARY KEY, last INTEGER); CREATE TEMP TABLE IF NOT EXISTS _job_row_source (end INTEGER)',
  )
  const known = connection.statement<[], { end: number }>('SELECT end FROM temp._job_row_source').get()
  if (known?.end !== end) {
    connection.db.exec('DELETE FROM temp._job_row; DELETE FROM temp._job_row_source')
    const copy = `INSERT OR IGNORE INTO temp._job_row SELECT i.row, i.row + i.count - 1 FROM _job_item i JOIN _job_group g ON g.job = ? AND g.number = i."group"
      WHERE i.id BETWEEN ? AND ? AND g.action = 'delete'`
    connection.statement<[number, number, number]>(copy).run(job, first, end)
    connection.statement<[number]>('INSERT INTO temp._job_row_source VALUES (?)').run(end)
  }
  const runAt = connection.statement<[number], { last: number }>('SELECT last FROM temp._job_row WHERE row <= ? ORDER BY row DESC LIMIT 1')
  return new Set(rows.filter((row) => (runAt.get(row)?.last ?? 0) >= row))
}
