import type { RowNumber } from '../../contract/loader.ts'
import type { CompiledModel } from '../../model/compiled-model.ts'
import type { PositionedSet } from '../../operations/kinds/operation-kind.ts'
import { rowsOf, runOf } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import type { JobGroupRow, JobItemRow } from '../../store/job-items.ts'
import { itemsBetween, jobItemStatements } from '../../store/job-items.ts'

/** Positions of one batch, counted over all jobs, and the last of the whole job. */
export interface BatchRange {
  first: number
  last: number
  end: number
}

/** A group of at most this many runs is processed run by run, any other by row numbers. */
const MOST_RUNS = 4

export function readBatch(connection: Connection, model: CompiledModel, job: number, { first, last }: BatchRange): PositionedSet[] {
  const byGroup = Map.groupBy(itemsBetween(connection, first, last), ({ group }) => group)
  return [...byGroup].flatMap(([number, items]) => {
    const group = jobItemStatements(connection).group.get(job, number)
    if (!group) return []
    const relationship = group.relationship === null ? null : model.relationshipByNumber(group.relationship)
    const common = { table: model.tableByNumber(group.table_number), action: group.action, relationship }
    return items.length > MOST_RUNS
      ? [{ ...common, ...setOf(items), rows: rowsOf(expand(items)) }]
      : items.map((item) => ({ ...common, ...setOf([item]), rows: runOf(item.row, item.row + item.count - 1) }))
  })
}

/** Makes the set of one record of a batch. */
export function recordSet(model: CompiledModel, group: JobGroupRow, { id, row, parent }: JobItemRow): PositionedSet {
  return {
    table: model.tableByNumber(group.table_number),
    action: group.action,
    relationship: group.relationship === null ? null : model.relationshipByNumber(group.relationship),
    size: 1,
    rowNumbers: () => [row],
    children: () => (parent === null ? [] : [{ row, parent }]),
    firstPosition: (rows) => (rows.includes(row) ? id : undefined),
    rows: runOf(row, row),
  }
}

function setOf(items: JobItemRow[]) {
  return {
    size: items.reduce((sum, { count }) => sum + count, 0),
    rowNumbers: () => expand(items),
    children: () => items.flatMap(({ row, parent }) => (parent === null ? [] : [{ row, parent }])),
    firstPosition: (rows: RowNumber[]) => {
      const wanted = new Set(rows)
      for (const { id, row, count } of items)
        for (let offset = 0; offset < count; offset++) if (wanted.has(row + offset)) return id + offset
      return undefined
    },
  }
}

const expand = (items: JobItemRow[]): RowNumber[] =>
  items.flatMap(({ row, count }) => Array.from({ length: count }, (_, offset) => row + offset))
