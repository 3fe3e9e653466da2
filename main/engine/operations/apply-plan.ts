import type { Plan } from '../cascade/plan.ts'
import { levelsInOrder } from '../cascade/plan.ts'
import { assignRows } from './assign.ts'
import type { OperationContext } from './context.ts'
import { deleteSet } from './delete.ts'
import { moveSet, retireSubordinate, updateTarget } from './merge.ts'

/** Rows changed by one statement. More at once are slower: their row numbers outgrow the cache (measured). */
const ROWS_AT_ONCE = 500

/** Applies a whole plan inside the transaction of the caller, in the order of processing. */
export function applyPlan(context: Omit<OperationContext, 'request'>, { request, table, groups }: Plan): void {
  if (request.operation === 'Merge') updateTarget({ ...context, request })
  for (const level of levelsInOrder(groups, request.operation))
    for (const group of level)
      for (let first = group.first; first <= group.last; first += ROWS_AT_ONCE) {
        const rows = table.selection({ first, last: Math.min(first + ROWS_AT_ONCE - 1, group.last) })
        const set = { table: group.table, action: group.action, relationship: group.relationship, rows }
        if (request.operation === 'Assign') assignRows({ ...context, request }, set)
        else if (group.action === 'delete') deleteSet({ ...context, request }, set)
        else if (group.action === 'move' && request.operation === 'Merge') moveSet({ ...context, request }, set)
      }
  if (request.operation === 'Merge') retireSubordinate({ ...context, request })
}
