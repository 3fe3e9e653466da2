import { reason as reasons } from '#text/english/reasons'
import type { Message } from '#text/message'
import type { CascadeRequest, ModeChoice, PlanGroup, Preview } from '../contract/cascades.ts'
import type { ErrorData } from '../contract/errors.ts'
import { toErrorData } from '../contract/errors.ts'
import type { Settings } from '../contract/settings.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { linkTable } from '../store/columns.ts'
import type { Connection } from '../store/connection.ts'
import { findBlockers } from './blockers.ts'
import { checkMerge } from './merge-checks.ts'
import { chooseMode } from './mode.ts'
import type { Group, Plan } from './plan.ts'

interface PreviewContext {
  connection: Connection
  model: CompiledModel
  settings: Settings
  plan: Plan
  request: CascadeRequest
  planId: string
  choice: ModeChoice
  /** Whether the root already has this owner and no cancelled assign left its tree unfinished. */
  nothingToDo: boolean
  /** The plug-in steps that will run. */
  steps: Preview['steps']
}

/** Describes a plan as a preview. */
export function describePlan({ connection, model, settings, plan, request, planId, choice, nothingToDo, steps }: PreviewContext): Preview {
  const { operation } = plan.request
  const affected = nothingToDo ? 0 : plan.table.size
  const { mode, reason } = chooseMode(settings, operation, affected, choice, steps.length > 0)
  const blockers = operation === 'Delete' ? findBlockers(connection, model, settings, plan) : { listed: [], count: 0 }
  const groups = nothingToDo ? [] : mergeGroups(plan.groups)
  return {
    planId,
    request,
    mode,
    modeReason: reason,
    affected,
    groups,
    nothingToDo,
    steps: nothingToDo ? [] : steps,
    byTable: sumByTable(groups),
    levels: Math.max(...plan.groups.map(({ level }) => level)) + 1,
    linksRemoved: operation === 'Delete' ? countLinks(model, plan) : 0,
    blockedBy: blockers.listed,
    blockedCount: blockers.count,
    refusal:
      plan.request.operation === 'Merge'
        ? refusalOf(() => plan.request.operation === 'Merge' && checkMerge(connection, model, plan.request))
        : null,
    reasons: [...(nothingToDo ? [reasons.nothingToDo] : []), ...passedBy(model, plan), ...unknownChildren(plan)],
  }
}

function refusalOf(check: () => unknown): ErrorData | null {
  try {
    check()
    return null
  } catch (error) {
    return toErrorData(error)
  }
}

/** Merges groups of the same table, action and relationship on different levels. */
function mergeGroups(groups: Group[]): PlanGroup[] {
  const merged = new Map<string, PlanGroup>()
  for (const { table, action, relationship, behavior, first, last } of groups) {
    const key = `${table.number} ${action} ${relationship?.number ?? 0}`
    const known = merged.get(key)
    if (known) known.count += last - first + 1
    else
      merged.set(key, {
        table: table.definition.logicalName,
        action,
        relationship: relationship?.definition.schemaName ?? null,
        behavior,
        count: last - first + 1,
      })
  }
  return [...merged.values()]
}

function sumByTable(groups: PlanGroup[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { table, count } of groups) sums[table] = (sums[table] ?? 0) + count
  return sums
}

/** Counts the N:N links of rows to be deleted, which precede rows to be unlinked and therefore are one range. */
function countLinks(model: CompiledModel, { table, groups }: Plan): number {
  const deleted = groups.filter(({ action }) => action === 'delete')
  const range = { first: 1, last: Math.max(...deleted.map(({ last }) => last)) }
  const intersectTables = new Set(deleted.flatMap((group) => model.linkSides(group.table).map(({ intersectTable }) => intersectTable)))
  return [...intersectTables].reduce((count, name) => count + table.countLinks(linkTable(name), range), 0)
}

function passedBy(model: CompiledModel, { request, groups }: Plan): Message[] {
  if (request.operation !== 'Assign') return []
  const tables = new Set(groups.map(({ table }) => table))
  const children = [...tables]
    .flatMap((table) => model.edgesFrom(table, 'Assign'))
    .filter(({ behavior, child }) => behavior !== 'NoCascade' && !child.hasOwner)
  return [...new Set(children.map(({ child }) => child.definition.logicalName))].map((table) => reasons.passedBy({ table }))
}

/** Returns a message for each stub in the plan, whose children are unknown. */
function unknownChildren({ groups }: Plan): Message[] {
  const stubs = new Set(groups.filter(({ table }) => table.definition.origin === 'stub').map(({ table }) => table.definition.logicalName))
  return [...stubs].map((table) => reasons.unknownChildren({ table }))
}
