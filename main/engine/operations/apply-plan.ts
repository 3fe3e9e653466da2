import type { Group, Plan } from '../cascade/plan.ts'
import { levelsInOrder } from '../cascade/plan.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { RecordEvent } from '../pipeline/record-event.ts'
import type { Selection } from '../store/changes.ts'
import { rowsOf, runOf } from '../store/changes.ts'
import type { PlanTable } from '../store/plan-table.ts'
import { applyRecord } from './apply-record.ts'
import { assignRows } from './assign.ts'
import { callBelow, raisedMessages } from './cascade-events.ts'
import type { CascadeScope, OperationContext, RowSet } from './context.ts'
import { deleteSet } from './delete.ts'
import { moveSet, retireSubordinate, updateTarget } from './merge.ts'
import { prepareDelete } from './strays.ts'

/** Rows changed by one statement. More are slower, because their row numbers exceed the cache (measured). */
const ROWS_AT_ONCE = 500

/**
 * Applies a whole plan inside the transaction of the caller, in the order of processing. Changes levels without listening steps set
 * by set, the others record by record. `root` is the event of the request, whose PreValidation has run.
 */
export function applyPlan(context: OperationContext, { request, table, groups }: Plan, root: RecordEvent): void {
  const lastDeleted = Math.max(0, ...groups.filter(({ action }) => action === 'delete').map(({ last }) => last))
  const scope: CascadeScope = {
    root,
    below: callBelow(context, root),
    planned: (rows) => table.among(rows, { first: 1, last: lastDeleted }),
  }
  if (request.operation !== 'Merge') {
    applyLevels({ ...context, request }, table, groups, scope)
    return
  }
  const merge = { ...context, request }
  context.pipeline.run(root, {
    main() {
      updateTarget(merge, scope)
      applyLevels(merge, table, groups, scope)
      retireSubordinate(merge, scope)
    },
  })
}

/** Deletes or unlinks the children of rows that are about to be deleted. */
type Prepare = (set: RowSet) => void

function applyLevels(context: OperationContext, table: PlanTable, groups: Group[], scope: CascadeScope): void {
  const { pipeline } = context
  const writesBefore = pipeline.writes
  // Only steps can have added unplanned children meanwhile.
  const prepare: Prepare = (set) => {
    if (pipeline.writes !== writesBefore) prepareDelete(context, scope, set)
  }
  for (const level of levelsInOrder(groups, context.request.operation)) {
    // The delete of their parents empties the lookups of rows to be unlinked, unless unlinking raises an event of its own.
    const touched = level.filter((group) => group.action !== 'check' && (group.action !== 'unlink' || listens(context, group)))
    if (touched.some((group) => listens(context, group))) applyByRecord(context, table, touched, scope, prepare)
    else for (const group of touched) for (const rows of selections(table, group)) applySet(context, group, rows, prepare)
  }
}

const listens = ({ pipeline, settings, request }: OperationContext, { action, table }: Group): boolean =>
  pipeline.listens(raisedMessages(settings, request, action), table)

/** Applies a level record by record, in the order of creation, each with its steps in a savepoint. */
function applyByRecord(context: OperationContext, table: PlanTable, groups: Group[], scope: CascadeScope, prepare: Prepare): void {
  const rows = groups
    .flatMap((group) => table.rows(group, group.last - group.first + 1).map(({ row, parent }) => ({ group, row, parent })))
    .sort((a, b) => a.row - b.row)
  for (let index = 0; index < rows.length; ) {
    const next = rows[index]
    if (!next) return
    const { group, row, parent } = next
    if (listens(context, group)) {
      const { action, relationship } = group
      context.connection.savepoint(() =>
        applyRecord(context, scope, { table: group.table, action, isRoot: relationship === null, relationship, row, parent }),
      )
      index++
      continue
    }
    const together: RowNumber[] = []
    for (; rows[index]?.group === group && together.length < ROWS_AT_ONCE; index++) together.push(rows[index]?.row ?? 0)
    applySet(context, group, rowsOf(together), prepare)
  }
}

function applySet(context: OperationContext, group: Group, rows: Selection, prepare: Prepare): void {
  const { request } = context
  const set = { table: group.table, rows }
  if (request.operation === 'Assign') assignRows({ ...context, request }, set)
  else if (request.operation === 'Delete') {
    prepare(set)
    deleteSet({ ...context, request }, set)
  } else if (group.action === 'move') moveSet({ ...context, request }, set)
}

function* selections(table: PlanTable, group: Group): Generator<Selection> {
  const runs = table.runs(group)
  if (runs) for (const run of runs) yield* split(run, (first, last) => runOf(first, last))
  else yield* split(group, (first, last) => table.selection({ first, last }))
}

function* split<T>({ first, last }: { first: number; last: number }, make: (first: number, last: number) => T): Generator<T> {
  for (let start = first; start <= last; start += ROWS_AT_ONCE) yield make(start, Math.min(start + ROWS_AT_ONCE - 1, last))
}
