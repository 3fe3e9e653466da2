import type { Group, Plan } from '../cascade/plan.ts'
import { levelsInOrder } from '../cascade/plan.ts'
import type { Connection } from '../store/connection.ts'
import { copyItems, jobItemStatements, sortLevel, takeItems } from '../store/job-items.ts'
import { jobStatements } from '../store/jobs.ts'
import type { PlanRange } from '../store/plan-table.ts'

/** Rows copied in one transaction: about two milliseconds of holding the write lock. */
const COPIED_AT_ONCE = 5_000

/**
 * Turns a plan into the items of a job, level by level in the order of processing, within a level in the order of
 * creation. It goes in small transactions so that others can write in between; a job whose items are incomplete has not
 * begun, and starts over with a fresh plan.
 */
export function prepareJob(connection: Connection, job: number, { request, table, groups }: Plan): void {
  const numbered = new Map(groups.map((group, number) => [group, number]))
  const firstItem = connection.write(() => {
    const after = takeItems(connection, table.size)
    for (const [group, number] of numbered) jobItemStatements(connection).putGroup.run(groupRow(job, number, group))
    jobStatements(connection).setPlanned.run({ number: job, planned: 0, firstItem: after, total: table.size })
    return after
  })
  let after = firstItem
  for (const level of levelsInOrder(groups, request.operation)) {
    const ordered = level.toSorted((a, b) => a.first - b.first)
    if (table.isInOrder(ordered)) for (const group of ordered) after = copyInTurns(connection, table.name, numbered.get(group) ?? null, group, after)
    else {
      const sorted = sortLevel(connection, table, ordered.map((group) => ({ number: numbered.get(group) ?? 0, range: group })))
      const count = ordered.reduce((sum, { first, last }) => sum + last - first + 1, 0)
      after = copyInTurns(connection, sorted.table, null, { first: 1, last: count }, after)
      sorted.drop()
    }
  }
  connection.write(() => jobStatements(connection).setPlanned.run({ number: job, planned: 1, firstItem, total: table.size }))
}

function copyInTurns(connection: Connection, from: string, group: number | null, range: PlanRange, after: number): number {
  for (let first = range.first; first <= range.last; first += COPIED_AT_ONCE) {
    const last = Math.min(first + COPIED_AT_ONCE - 1, range.last)
    connection.write(() => copyItems(connection, from, group, { first, last }, after + first - range.first))
  }
  return after + range.last - range.first + 1
}

const groupRow = (job: number, number: number, { level, table, action, relationship, first, last }: Group) => ({
  job, number, level, table_number: table.number, action, relationship: relationship?.number ?? null, count: last - first + 1,
})
