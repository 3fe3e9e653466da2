import type { PlanRow, PlanRowPage, PlanRowQuery } from '../contract/cascades.ts'
import type { LookupValue } from '../contract/records.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import type { PlannedRow } from '../store/plan-table.ts'
import { readStoredRows } from '../store/records.ts'
import { describeRow, describeRows } from '../store/rows.ts'
import { toValues } from '../store/values.ts'
import type { Group, Plan } from './plan.ts'

/** Returns a page of a plan's records with their changes. */
export function findPlanRows(
  connection: Connection,
  model: CompiledModel,
  settings: Settings,
  plan: Plan,
  query: PlanRowQuery,
): PlanRowPage {
  const groups = plan.groups.filter(
    ({ table, action, relationship }) =>
      (query.table === undefined || table.definition.logicalName === query.table) &&
      (query.action === undefined || action === query.action) &&
      (query.relationship === undefined || relationship?.definition.schemaName === query.relationship),
  )
  const rows: PlanRow[] = []
  let skip = query.offset
  for (const group of groups) {
    const size = group.last - group.first + 1
    if (skip >= size) {
      skip -= size
      continue
    }
    if (rows.length >= query.limit) break
    rows.push(
      ...describeGroup(
        connection,
        model,
        settings,
        plan,
        group,
        plan.table.rows({ first: group.first + skip, last: group.last }, query.limit - rows.length),
      ),
    )
    skip = 0
  }
  return { rows, total: groups.reduce((sum, { first, last }) => sum + last - first + 1, 0) }
}

function describeGroup(
  connection: Connection,
  model: CompiledModel,
  settings: Settings,
  plan: Plan,
  group: Group,
  rows: PlannedRow[],
): PlanRow[] {
  const { table, relationship } = group
  const records = describeRows(
    connection,
    table,
    rows.map(({ row }) => row),
  )
  const parentTable = relationship && model.table(relationship.definition.referenced)
  const parents = parentTable
    ? describeRows(
        connection,
        parentTable,
        rows.flatMap(({ parent }) => parent ?? []),
      )
    : new Map<number, LookupValue>()
  const stored = readStoredRows(
    connection,
    table,
    rows.map(({ row }) => row),
  )
  const after = plan.kind.columnsAfter({ connection, model, settings }, plan.request, group)
  const columns = [...table.columns.values()].filter(({ logicalName }) => logicalName in after)
  const present = rows.filter(({ row }) => stored.has(row))
  const values = toValues(
    connection,
    model,
    table,
    columns,
    present.map(({ row }) => stored.get(row) ?? {}),
  )
  const before = new Map(present.map(({ row }, index) => [row, values[index] ?? {}]))
  return rows.map(({ seq, row, parent }) => ({
    position: seq,
    level: group.level,
    action: group.action,
    relationship: relationship?.definition.schemaName ?? null,
    record: records.get(row) ?? describeRow(connection, table, row),
    parent: parent === null ? null : (parents.get(parent) ?? null),
    changes: Object.entries(after).map(([column, value]) => ({ column, before: before.get(row)?.[column] ?? null, after: value })),
  }))
}
