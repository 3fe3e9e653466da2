import type { PlanRow, PlanRowPage, PlanRowQuery } from '../contract/cascades.ts'
import type { FieldValue, LookupValue } from '../contract/records.ts'
import type { Settings } from '../contract/settings.ts'
import { movesToOwnersUnit } from '../contract/settings.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { mergedState } from '../model/table-defaults.ts'
import type { Connection } from '../store/connection.ts'
import type { PlannedRow } from '../store/plan-table.ts'
import { readStoredRows } from '../store/records.ts'
import { describeRow, describeRows } from '../store/rows.ts'
import { toValues } from '../store/values.ts'
import type { Group, Plan } from './plan.ts'

type Values = Record<string, FieldValue>

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
  const columns = [...table.columns.values()].filter(
    ({ logicalName }) => CHANGED.has(logicalName) || logicalName === relationship?.definition.attribute,
  )
  const present = rows.filter(({ row }) => stored.has(row))
  const values = toValues(
    connection,
    model,
    table,
    columns,
    present.map(({ row }) => stored.get(row) ?? {}),
  )
  const before = new Map(present.map(({ row }, index) => [row, values[index] ?? {}]))
  const after = afterOf(connection, model, settings, plan, group)
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

const CHANGED = new Set(['ownerid', 'owningbusinessunit', 'statecode', 'statuscode', 'merged', 'masterid'])

/** Returns the column values of a group's rows after the operation. */
function afterOf(
  connection: Connection,
  model: CompiledModel,
  settings: Settings,
  { request }: Plan,
  { table, action, relationship }: Group,
): Values {
  switch (action) {
    case 'assign': {
      if (request.operation !== 'Assign') return {}
      const { owner } = request
      const ownerid = { table: owner.table, id: owner.id, name: owner.name }
      if (!movesToOwnersUnit(settings)) return { ownerid }
      const unit = owner.businessUnit === null ? null : describeRow(connection, model.table('businessunit'), owner.businessUnit)
      return { ownerid, owningbusinessunit: unit }
    }
    case 'unlink':
      return relationship ? { [relationship.definition.attribute]: null } : {}
    case 'move':
      return relationship && request.operation === 'Merge'
        ? { [relationship.definition.attribute]: describeRow(connection, request.table, request.target) }
        : {}
    case 'merge':
      return request.operation === 'Merge'
        ? { ...mergedState(table.definition.activeState), merged: true, masterid: describeRow(connection, table, request.target) }
        : {}
    case 'delete':
    case 'check':
      return {}
  }
}
