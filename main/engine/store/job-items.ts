import type { RowNumber } from '../loader.ts'
import type { PlanAction } from '../model.ts'
import type { Selection } from './changes.ts'
import type { Connection } from './connection.ts'
import type { PlanRange, PlanTable } from './plan-table.ts'

export interface JobGroupRow {
  number: number
  level: number
  table_number: number
  action: PlanAction
  relationship: number | null
  count: number
}

const statements = (connection: Connection) => ({
  putGroup: connection.statement<JobGroupRow & { job: number }>(
    'INSERT INTO _job_group (job, number, level, table_number, action, relationship, count) VALUES (:job, :number, :level, :table_number, :action, :relationship, :count)',
  ),
  group: connection.statement<[number, number], JobGroupRow>('SELECT number, level, table_number, action, relationship, count FROM _job_group WHERE job = ? AND number = ?'),
  clearGroups: connection.statement<[number]>('DELETE FROM _job_group WHERE job = ?'),
  clearItems: connection.statement<[number, number]>('DELETE FROM _job_item WHERE id > ? AND id <= ?'),
  takeItems: connection.statement<[number], { value: number }>(`UPDATE _counter SET value = value + ? WHERE name = 'next_item' RETURNING value`),
  groupsIn: connection.statement<[number, number], { group: number; planned: number }>(
    'SELECT "group", count(*) AS planned FROM _job_item WHERE id BETWEEN ? AND ? GROUP BY "group"',
  ),
  firstOfRow: connection.statement<[number, number, number], { id: number }>('SELECT id FROM _job_item WHERE id BETWEEN ? AND ? AND row = ? LIMIT 1'),
})

export const jobItemStatements = statements

/** Ids for so many items; the answer is the one before the first. */
export function takeItems(connection: Connection, count: number): number {
  return (statements(connection).takeItems.get(count)?.value ?? count + 1) - count - 1
}

/**
 * Rows of some groups of one level in the order of creation: a temporary table, because the copy into the job goes in
 * small transactions and each must know where the one before it stopped.
 */
export function sortLevel(connection: Connection, plan: PlanTable, groups: { number: number; range: PlanRange }[]): { table: string; drop: () => void } {
  const table = 'temp._plan_sorted'
  connection.db.exec(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (seq INTEGER PRIMARY KEY, row INTEGER, "group" INTEGER, parent INTEGER, owner INTEGER)`)
  const parts = groups.map(({ number, range }) => `SELECT row, ${number} AS "group", parent, owner FROM ${plan.name} WHERE seq BETWEEN ${range.first} AND ${range.last}`)
  connection.db.exec(`INSERT INTO ${table} (row, "group", parent, owner) SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY row`)
  return { table, drop: () => connection.db.exec(`DROP TABLE ${table}`) }
}

/** Copies rows numbered `first` to `last` of a plan's or sorted table to items that begin after `after`. */
export function copyItems(connection: Connection, from: string, group: number | null, { first, last }: PlanRange, after: number): void {
  const groupValue = group === null ? '"group"' : String(group)
  connection.db
    .prepare(`INSERT INTO _job_item (id, row, "group", parent, owner) SELECT seq + ?, row, ${groupValue}, parent, owner FROM ${from} WHERE seq BETWEEN ? AND ? ORDER BY seq`)
    .run(after + 1 - first, first, last)
}

/** The items of one group between two ids, as a selection. */
export const itemsOf = (group: number, first: number, last: number): Selection => ({
  from: 'FROM _job_item WHERE id BETWEEN ? AND ? AND "group" = ?',
  parameters: [first, last, group],
})

/** The first item in the range that stands for one of these rows. */
export function firstItemOf(connection: Connection, rows: RowNumber[], first: number, last: number): number | undefined {
  const ids = rows.flatMap((row) => statements(connection).firstOfRow.get(first, last, row)?.id ?? [])
  return ids.length > 0 ? ids.reduce((least, id) => Math.min(least, id)) : undefined
}

/**
 * Which of these rows belong to a job's plan. The first question about a job copies its rows into a temporary table with
 * an index; most jobs never ask, and none pays for an index on a million items that only loops in the data need.
 */
export function plannedAmong(connection: Connection, rows: RowNumber[], { first, end }: { first: number; end: number }): Set<RowNumber> {
  if (rows.length === 0) return new Set()
  connection.db.exec('CREATE TEMP TABLE IF NOT EXISTS _job_row (row INTEGER PRIMARY KEY); CREATE TEMP TABLE IF NOT EXISTS _job_row_source (end INTEGER)')
  const known = connection.statement<[], { end: number }>('SELECT end FROM temp._job_row_source').get()
  if (known?.end !== end) {
    connection.db.exec('DELETE FROM temp._job_row; DELETE FROM temp._job_row_source')
    connection.statement<[number, number]>('INSERT OR IGNORE INTO temp._job_row SELECT row FROM _job_item WHERE id BETWEEN ? AND ?').run(first, end)
    connection.statement<[number]>('INSERT INTO temp._job_row_source VALUES (?)').run(end)
  }
  const found = connection.statement<[string], { row: number }>('SELECT row FROM temp._job_row WHERE row IN (SELECT value FROM json_each(?))').all(JSON.stringify(rows))
  return new Set(found.map(({ row }) => row))
}
