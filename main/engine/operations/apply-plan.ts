import type { Group, Plan } from '../cascade/plan.ts'
import { levelsInOrder } from '../cascade/plan.ts'
import type { Selection } from '../store/changes.ts'
import { runOf } from '../store/changes.ts'
import type { PlanTable } from '../store/plan-table.ts'
import { assignRows } from './assign.ts'
import type { OperationContext } from './context.ts'
import { deleteSet } from './delete.ts'
import { moveSet, retireSubordinate, updateTarget } from './merge.ts'

/** Rows changed by one statement. More at once are slower: their row numbers outgrow the cache (measured). */
const ROWS_AT_ONCE = 500

/** Applies a whole plan inside the transaction of the caller, in the order of processing. */
export function applyPlan(context: Omit<OperationContext, 'request'>, { request, table, groups }: Plan): void {
  if (request.operation === 'Merge') updateTarget({ ...context, request })
  for (const group of levelsInOrder(groups, request.operation).flat()) {
    // Rows to be unlinked lose their lookups with the delete of their parents.
    if (group.action === 'unlink' || group.action === 'check') continue
    for (const rows of selections(table, group)) {
      const set = { table: group.table, rows }
      if (request.operation === 'Assign') assignRows({ ...context, request }, set)
      else if (request.operation === 'Delete') deleteSet({ ...context, request }, set)
      else if (group.action === 'move') moveSet({ ...context, request }, set)
    }
  }
  if (request.operation === 'Merge') retireSubordinate({ ...context, request })
}

function* selections(table: PlanTable, group: Group): Generator<Selection> {
  const runs = table.runs(group)
  if (runs) for (const run of runs) yield* split(run, (first, last) => runOf(first, last))
  else yield* split(group, (first, last) => table.selection({ first, last }))
}

function* split<T>({ first, last }: { first: number; last: number }, make: (first: number, last: number) => T): Generator<T> {
  for (let start = first; start <= last; start += ROWS_AT_ONCE) yield make(start, Math.min(start + ROWS_AT_ONCE - 1, last))
}
