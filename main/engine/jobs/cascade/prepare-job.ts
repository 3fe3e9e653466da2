import type { Group, Plan } from '../../cascade/plan.ts'
import { levelsInOrder } from '../../cascade/plan.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { cascadeJobStatements, getCascadeJob } from '../../store/cascade-jobs.ts'
import type { Connection } from '../../store/connection.ts'
import { copyItems, jobItemStatements, putRun, sortLevel, takeItems } from '../../store/job-items.ts'
import type { PlanRange, PlanTable, RowRun } from '../../store/plan-table.ts'

/** Items written in one transaction, which holds the write lock for about two milliseconds. */
const ITEMS_AT_ONCE = 5_000

/**
 * Writes a plan as the items of a job, level by level in the order of processing, within a level in the order of
 * creation. Uses small transactions so that others can write in between. A job with incomplete items has not begun and is planned
 * again. If another thread begins the job meanwhile, that thread's plan is used.
 */
export function prepareJob(connection: Connection, { number: job, statecode }: CascadeJobRow, { kind, table, groups }: Plan): void {
  const numbers = new Map(groups.map((group, number) => [group, number]))
  const numberOf = (group: Group): number => numbers.get(group) ?? 0
  const firstItem = connection.write(() => {
    const now = getCascadeJob(connection, job)
    if (now.statecode !== statecode || now.planned === 1) return undefined
    const before = takeItems(connection, table.size)
    jobItemStatements(connection).clearGroups.run(job)
    for (const group of groups) jobItemStatements(connection).putGroup.run(groupRow(job, numberOf(group), group))
    cascadeJobStatements(connection).setPlanned.run({ number: job, planned: 0, firstItem: before, total: table.size })
    return before
  })
  if (firstItem === undefined) return
  let position = firstItem + 1
  for (const level of levelsInOrder(groups, kind)) {
    const ordered = inOrderOfCreation(level.map((group) => orderOf(table, group, numberOf(group))))
    if (ordered) writeGroups(connection, table, ordered, position)
    else
      writeSorted(
        connection,
        table,
        level.map((group) => ({ number: numberOf(group), range: group })),
        position,
      )
    position += level.reduce((sum, group) => sum + sizeOf(group), 0)
  }
  connection.write(() => cascadeJobStatements(connection).finishPlan.run({ number: job, firstItem }))
}

const sizeOf = ({ first, last }: PlanRange): number => last - first + 1

/** A group with its rows in order, as runs if there are few. */
interface OrderedGroup {
  range: PlanRange
  number: number
  runs: RowRun[] | undefined
  bounds: RowRun
  inOrder: boolean
}

/** Returns the rows of a group in order. Rows to unlink or check are single items, with their planned parents. */
function orderOf(table: PlanTable, group: Group, number: number): OrderedGroup {
  const runs = group.action === 'unlink' || group.action === 'check' ? undefined : table.runs(group)
  const [first, last] = [runs?.[0], runs?.at(-1)]
  if (!runs || !first || !last)
    return { range: group, number, runs: undefined, bounds: table.bounds(group), inOrder: table.isInOrder(group) }
  return {
    range: group,
    number,
    runs,
    bounds: { first: first.first, last: last.last },
    inOrder: runs.every((run, index) => index === 0 || run.first > (runs[index - 1]?.last ?? 0)),
  }
}

/** Returns the groups in an order in which all their rows are in the order of creation, or `undefined` if rows must be sorted. */
function inOrderOfCreation(level: OrderedGroup[]): OrderedGroup[] | undefined {
  const sorted = level.toSorted((a, b) => a.bounds.first - b.bounds.first)
  const apart = sorted.every(({ bounds }, index) => index === 0 || bounds.first > (sorted[index - 1]?.bounds.last ?? 0))
  return apart && level.every(({ inOrder }) => inOrder) ? sorted : undefined
}

function writeGroups(connection: Connection, table: PlanTable, groups: OrderedGroup[], start: number): void {
  let position = start
  for (const { range, number, runs } of groups) {
    if (runs) writeRuns(connection, runs, number, position)
    else copyInTurns(connection, table.name, number, range, position)
    position += sizeOf(range)
  }
}

function writeRuns(connection: Connection, runs: RowRun[], number: number, start: number): void {
  let position = start
  for (let index = 0; index < runs.length; index += ITEMS_AT_ONCE)
    connection.write(() => {
      for (const run of runs.slice(index, index + ITEMS_AT_ONCE)) {
        putRun(connection, position, run, number)
        position += sizeOf(run)
      }
    })
}

function writeSorted(connection: Connection, table: PlanTable, groups: { number: number; range: PlanRange }[], position: number): void {
  const sorted = sortLevel(connection, table, groups)
  try {
    const rows = { first: 1, last: groups.reduce((sum, { range }) => sum + sizeOf(range), 0) }
    copyInTurns(connection, sorted.table, '"group"', rows, position)
  } finally {
    sorted.drop()
  }
}

function copyInTurns(connection: Connection, from: string, number: number | '"group"', range: PlanRange, position: number): void {
  for (let first = range.first; first <= range.last; first += ITEMS_AT_ONCE) {
    const last = Math.min(first + ITEMS_AT_ONCE - 1, range.last)
    connection.write(() => copyItems(connection, from, number, { first, last }, position + first - range.first))
  }
}

const groupRow = (job: number, number: number, group: Group) => ({
  job,
  number,
  level: group.level,
  table_number: group.table.number,
  action: group.action,
  relationship: group.relationship?.number ?? null,
  count: sizeOf(group),
})
