import type { Group, Plan } from '../cascade/plan.ts'
import { levelsInOrder } from '../cascade/plan.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { RecordEvent } from '../pipeline/record-event.ts'
import type { Selection } from '../store/changes.ts'
import { rowsOf, runOf } from '../store/changes.ts'
import type { PlanTable } from '../store/plan-table.ts'
import { applyRecord } from './apply-record.ts'
import { callBelow } from './cascade-events.ts'
import type { CascadeScope, OperationContext } from './context.ts'
import type { PlannedSet } from './kinds/operation-kind.ts'

/** Rows changed by one statement. More are slower, because their row numbers exceed the cache (measured). */
const ROWS_AT_ONCE = 500

/**
 * Applies a whole plan inside the transaction of the caller, in the order of processing. Changes levels without listening steps set
 * by set, the others record by record. `root` is the event of the request, whose PreValidation has run.
 */
export function applyPlan(context: OperationContext, { table, groups }: Plan, root: RecordEvent): void {
  const lastDeleted = Math.max(0, ...groups.filter(({ action }) => action === 'delete').map(({ last }) => last))
  const scope: CascadeScope = {
    root,
    below: callBelow(context, root),
    planned: (rows) => table.among(rows, { first: 1, last: lastDeleted }),
  }
  const { frame } = context.kind
  if (!frame) {
    applyLevels(context, table, groups, scope)
    return
  }
  context.pipeline.run(root, {
    main() {
      const left = asLeft(context, root)
      frame.begin(left, scope)
      applyLevels(left, table, groups, scope)
      frame.end(left, scope)
    },
  })
}

/**
 * Returns an operation as the PreOperation steps of its root have left it, with what they may change checked.
 * @throws CASCADE_REFUSED, INPUT_INVALID
 */
export function asLeft(context: OperationContext, root: RecordEvent): OperationContext {
  const { kind, pipeline, settings } = context
  const request = kind.resolvedAsLeft(context, context.request, root)
  if (pipeline.listensAt('PreOperation', kind.rootMessages(settings, undefined), request.table)) kind.checkAsLeft(context, request)
  return request === context.request ? context : { ...context, request }
}

function applyLevels(given: OperationContext, table: PlanTable, groups: Group[], scope: CascadeScope): void {
  const { pipeline, kind } = given
  let context = given
  const writesBefore = pipeline.writes
  const applySet = (set: PlannedSet): void => {
    // Only what steps wrote meanwhile can be unknown to the plan.
    if (pipeline.writes !== writesBefore) kind.prepareSet(context, scope, set)
    kind.applySet(context, scope, set)
  }
  for (const level of levelsInOrder(groups, kind)) {
    // The delete of their parents empties the lookups of rows to be unlinked, unless unlinking raises an event of its own.
    const touched = level.filter((group) => group.action !== 'check' && (group.action !== 'unlink' || listens(context, group)))
    if (touched.some((group) => listens(context, group))) applyByRecord(context, table, touched, scope, applySet)
    else for (const group of touched) for (const set of setsOf(table, group)) applySet(set)
    context = withRootAsLeft(context, scope.root)
  }
}

/** Returns the operation for the records below the root, whose steps may have changed what is asked for. */
function withRootAsLeft(context: OperationContext, root: RecordEvent): OperationContext {
  const request = context.kind.resolvedAsLeft(context, context.request, root)
  return request === context.request ? context : { ...context, request }
}

const listens = ({ pipeline, settings, kind }: OperationContext, { action, table }: Group): boolean =>
  pipeline.listens(kind.raisedMessages(settings, action), table)

/** Applies a level record by record, in the order of creation, each with its steps in a savepoint. */
function applyByRecord(
  context: OperationContext,
  table: PlanTable,
  groups: Group[],
  scope: CascadeScope,
  applySet: (set: PlannedSet) => void,
): void {
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
    const inOneGo: RowNumber[] = []
    for (; rows[index]?.group === group && inOneGo.length < ROWS_AT_ONCE; index++) inOneGo.push(rows[index]?.row ?? 0)
    applySet(setOf(group, rowsOf(inOneGo), inOneGo.length))
  }
}

function* setsOf(table: PlanTable, group: Group): Generator<PlannedSet> {
  const runs = table.runs(group)
  for (const range of runs ?? [group])
    for (let first = range.first; first <= range.last; first += ROWS_AT_ONCE) {
      const last = Math.min(first + ROWS_AT_ONCE - 1, range.last)
      yield setOf(group, runs ? runOf(first, last) : table.selection({ first, last }), last - first + 1)
    }
}

/** Rows that are unlinked or checked come one by one only, so that no set needs their parents. */
const setOf = ({ table, action, relationship }: Group, rows: Selection, size: number): PlannedSet => ({
  table,
  action,
  relationship,
  rows,
  size,
  children: () => [],
})
