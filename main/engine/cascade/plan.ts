import type { PlanAction } from '../contract/cascades.ts'
import type { CascadeType } from '../contract/tables.ts'
import type { CompiledModel, CompiledRelationship, CompiledTable } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import { disposeOnError } from '../store/dispose-on-error.ts'
import type { PlanRange } from '../store/plan-table.ts'
import { PlanTable } from '../store/plan-table.ts'
import { readStored } from '../store/records.ts'
import { canReachTwice } from './edges.ts'
import type { PlanningKind, ResolvedRequest } from './planning-kind.ts'

/** Rows that were reached on the same level by the same relationship. */
export interface Group extends PlanRange {
  level: number
  table: CompiledTable
  action: PlanAction
  /** `null` for the root. */
  relationship: CompiledRelationship | null
  behavior: CascadeType | null
}

/** All records that a cascade will change, each once, level by level from the root. Disposing of it drops its table. */
export interface Plan extends Disposable {
  kind: PlanningKind
  request: ResolvedRequest
  table: PlanTable
  groups: Group[]
  /** The state of the file when it was planned, see Connection.stateMark. */
  stateMark: string
}

/**
 * Plans a cascade breadth first from the root, with one statement for each relationship and level. Not recursive, ends even with
 * cycles in the data, and keeps only the groups in memory. Writes no records. The caller must dispose of the plan, see also `withPlan`.
 * Source: dataverse reference, section 1.7.
 */
export function planCascade(connection: Connection, model: CompiledModel, kind: PlanningKind, request: ResolvedRequest): Plan {
  const roots = kind.origins?.tables(connection, request) ?? [request.table]
  const table = new PlanTable(connection, canReachTwice(model, roots, kind, (kind.origins?.coveredOwner(request) ?? null) !== null))
  const { groups, stateMark } = disposeOnError(table, () => readPlan(connection, model, kind, request, roots, table))
  return { kind, request, table, groups, stateMark, [Symbol.dispose]: () => table[Symbol.dispose]() }
}

/** Plans a cascade, calls `use` with the plan and disposes of it. */
export function withPlan<T>(
  connection: Connection,
  model: CompiledModel,
  kind: PlanningKind,
  request: ResolvedRequest,
  use: (plan: Plan) => T,
): T {
  const plan = planCascade(connection, model, kind, request)
  try {
    return use(plan)
  } finally {
    plan[Symbol.dispose]()
  }
}

function readPlan(
  connection: Connection,
  model: CompiledModel,
  kind: PlanningKind,
  request: ResolvedRequest,
  roots: readonly CompiledTable[],
  table: PlanTable,
): Pick<Plan, 'groups' | 'stateMark'> {
  const { table: rootTable, root } = request
  return connection.read(() => {
    const stateMark = connection.stateMark()
    const rangeOf = (from: CompiledTable): PlanRange => {
      if (kind.origins) return kind.origins.add(table, from, request)
      const owner = rootTable.hasOwner ? ((readStored(connection, rootTable, root)?.ownerid as number | null) ?? null) : null
      return table.addRoot(root, owner)
    }
    const groups: Group[] = roots.map((from) => ({
      level: 0,
      table: from,
      action: kind.rootAction,
      relationship: null,
      behavior: null,
      ...rangeOf(from),
    }))
    for (let level = groups; level.length > 0; ) {
      level = level.flatMap((group) => followGroup(model, kind, request, table, group))
      for (const group of level) groups.push(group)
    }
    for (const group of [...groups]) for (const unlinked of unlinkChildren(model, kind, table, group)) groups.push(unlinked)
    if (!kind.origins) return { groups, stateMark }
    const passed = kind.origins.passedOwner(request)
    const ranges = passed === null ? groups : table.withoutOwner(passed, groups)
    const kept = groups.map((group, index) => ({ ...group, ...ranges[index] })).filter(({ first, last }) => last >= first)
    return { groups: kept, stateMark }
  })
}

function followGroup(model: CompiledModel, kind: PlanningKind, request: ResolvedRequest, table: PlanTable, group: Group): Group[] {
  const edges = kind.travelledEdges(model, group.table)
  if (edges.length + kind.unlinkedEdges(model, group.table).length === 0) return []
  const covered = kind.origins?.coveredOwner(request) ?? null
  const followed = covered === null ? edges : edges.filter(({ child }) => table.hasRowsOfOthers(child, covered))
  if (followed.length + kind.unlinkedEdges(model, group.table).length === 0) return []
  table.addSources(group)
  const level = group.level + 1
  const action = kind.actionOnLevel(level)
  const excluded = kind.excludedRow(request)
  return followed.flatMap((edge) => {
    const range = table.addChildren(edge, group, edge.child === request.table ? excluded : null, covered)
    if (range.last < range.first) return []
    return [{ level, table: edge.child, action, relationship: edge.relationship, behavior: edge.behavior, ...range }]
  })
}

/** Adds the children that lose their lookup. Called once all other rows are known: a row that goes does not lose its link first. */
function unlinkChildren(model: CompiledModel, kind: PlanningKind, table: PlanTable, group: Group): Group[] {
  return kind.unlinkedEdges(model, group.table).flatMap((edge) => {
    const range = table.addChildren(edge, group)
    if (range.last < range.first) return []
    return [
      {
        level: group.level + 1,
        table: edge.child,
        action: 'unlink' as const,
        relationship: edge.relationship,
        behavior: edge.behavior,
        ...range,
      },
    ]
  })
}

/** Returns the same groups with the tables and relationships of a model that was read again, because these are compared by identity. */
export const groupsOver = (model: CompiledModel, groups: Group[]): Group[] =>
  groups.map((group) => ({
    ...group,
    table: model.tableByNumber(group.table.number),
    relationship: group.relationship && model.relationshipByNumber(group.relationship.number),
  }))

/** Returns a plan's levels in the order of processing. */
export function levelsInOrder(groups: Group[], { isDeepestFirst }: PlanningKind): Group[][] {
  const levels = [...Map.groupBy(groups, ({ level }) => level).entries()].sort(([a], [b]) => (isDeepestFirst ? b - a : a - b))
  return levels.map(([, members]) => members)
}
