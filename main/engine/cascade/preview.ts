import { reason as reasons } from '#text/english/reasons'
import type { Message } from '#text/message'
import type { CascadeMode, CascadeRequest, ModeChoice, PlanGroup, Preview } from '../contract/cascades.ts'
import type { ErrorData } from '../contract/errors.ts'
import { aboutRecord, namedMessageOf, toErrorData } from '../contract/errors.ts'
import type { LookupValue } from '../contract/records.ts'
import { findRecord } from '../store/rows.ts'
import { checkWithoutSteps } from './check-without-steps.ts'
import { chooseMode } from './mode.ts'
import type { Group, Plan } from './plan.ts'
import type { PlanningContext } from './planning-kind.ts'

interface PreviewContext extends PlanningContext {
  plan: Plan
  request: CascadeRequest
  planId: string
  choice: ModeChoice
  /** Why the operation would change nothing; `null` where it would. */
  whyNothingChanges: Message | null
  /** The plug-in steps that will run. */
  steps: Preview['steps']
  processes: Preview['processes']
  rights: PreviewRights
  /** Whether steps come before the operation that may change what would refuse it. */
  isLeftToSteps: boolean
}

/** What the user who asks may not do. */
export interface PreviewRights {
  denied: Preview['denied']
  reasons: Message[]
  /** @throws CASCADE_REFUSED where a missing right refuses a cascade of this mode */
  check(mode: CascadeMode): void
}

/** Describes a plan as a preview. */
export function describePlan({
  connection,
  model,
  settings,
  plan,
  request,
  planId,
  choice,
  whyNothingChanges,
  steps,
  processes,
  rights,
  isLeftToSteps,
}: PreviewContext): Preview {
  const { kind } = plan
  const nothingToDo = whyNothingChanges !== null
  const affected = nothingToDo ? 0 : plan.table.size
  const hasSteps = steps.length > 0 || processes.some(({ process }) => process.mode === 'Sync')
  const { mode, reason } = kind.isAlwaysJob
    ? { mode: 'Async' as const, reason: reasons.alwaysJob }
    : chooseMode(settings, kind.threshold, affected, choice, hasSteps)
  const blockers = kind.findBlockers({ connection, model, settings }, plan)
  const context = { connection, model, settings }
  const refusalBy = (check: () => void) => refusalOf(check, () => findRecord(connection, plan.request.table, plan.request.root))
  const asAsked = () => checkWithoutSteps(context, kind, plan.request)
  const preconditions = refusalBy(() => {
    rights.check(mode)
    kind.checkPreconditions(context, plan.request)
  })
  const refusal = preconditions ?? (isLeftToSteps ? null : refusalBy(asAsked))
  const unlessChanged = preconditions === null && isLeftToSteps ? refusalBy(asAsked) : null
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
    processes: nothingToDo ? [] : processes,
    byTable: sumByTable(groups),
    levels: Math.max(-1, ...plan.groups.map(({ level }) => level)) + 1,
    linksRemoved: kind.countLinks(model, plan),
    blockedBy: blockers.listed,
    blockedGroups: blockers.groups,
    blockedCount: blockers.count,
    denied: rights.denied,
    refusal,
    reasons: [
      ...(whyNothingChanges ? [whyNothingChanges] : []),
      ...rights.reasons,
      ...kind.notes(model, plan),
      ...(unlessChanged ? [reasons.refusedUnless({ error: namedMessageOf(unlessChanged) })] : []),
      ...unknownChildren(plan),
    ],
  }
}

function refusalOf(check: () => unknown, root: () => LookupValue | null): ErrorData | null {
  try {
    check()
    return null
  } catch (error) {
    return toErrorData(aboutRecord(error, root))
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

/** Returns a message for each stub in the plan, whose children are unknown. */
function unknownChildren({ groups }: Plan): Message[] {
  const stubs = new Set(groups.filter(({ table }) => table.definition.origin === 'stub').map(({ table }) => table.definition.logicalName))
  return [...stubs].map((table) => reasons.unknownChildren({ table }))
}
