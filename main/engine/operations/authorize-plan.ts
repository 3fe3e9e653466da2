import { securityText } from '#text/english/security'
import type { Group, Plan } from '../cascade/plan.ts'
import { levelsInOrder } from '../cascade/plan.ts'
import type { PreviewRights } from '../cascade/preview.ts'
import { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { AccessRight } from '../contract/security.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { CallerRights } from '../store/caller-rights.ts'
import { rightsOf } from '../store/caller-rights.ts'
import type { OwnerRow } from '../store/owners.ts'
import { countDenied, findDenied } from '../store/record-access.ts'
import { describeRow } from '../store/rows.ts'
import { denied, requireReadingOwner } from './authorize.ts'
import type { OperationContext, Work } from './context.ts'
import { kindOf } from './kinds/kind-of.ts'
import type { PositionedSet } from './kinds/operation-kind.ts'
import type { SetFailure } from './set-failure.ts'

/** Records of one table that a cascade reaches and its user may not process: all counted, the first listed. */
export interface DeniedRows {
  table: CompiledTable
  right: AccessRight
  rows: RowNumber[]
  count: number
}

/** Finds the records below the root that a user may not process, in the order of processing. */
export function findDeniedRows(work: Work, user: OwnerRow, plan: Plan, limit: number): DeniedRows[] {
  const rights = rightsOf(work.connection, user)
  if (rights.holdsEverything) return []
  const found: DeniedRows[] = []
  for (const group of belowRoot(plan))
    for (const right of kindOf(plan.request.operation).neededRights(work.settings, plan.request, group.action))
      addDenied(work, rights, plan, group, right, limit, found)
  return found
}

/** Returns the groups of a plan without the root that the request names, in the order of processing. */
const belowRoot = ({ groups, kind }: Plan): Group[] =>
  levelsInOrder(groups, kind).flatMap((level) => level.filter((group) => kind.origins !== null || group.relationship !== null))

function addDenied(
  work: Work,
  rights: CallerRights,
  { table: rows }: Plan,
  group: Group,
  right: AccessRight,
  limit: number,
  found: DeniedRows[],
): void {
  const { table } = group
  const selection = rows.selection(group)
  const first = findDenied(work.connection, rights, table, right, selection, limit)
  if (first.length === 0) return
  const count = first.length < limit ? first.length : countDenied(work.connection, rights, table, right, selection)
  const known = found.find((each) => each.table === table && each.right === right)
  if (!known) found.push({ table, right, rows: first, count })
  else {
    known.rows = [...known.rows, ...first].slice(0, limit)
    known.count += count
  }
}

/** Makes the error for the first of these records. */
export function deniedError(work: Work, user: OwnerRow, found: readonly DeniedRows[]): EngineError | undefined {
  const [first] = found
  const row = first?.rows[0]
  return first && row !== undefined ? denied(work, user, first.table, row, first.right) : undefined
}

/**
 * Checks that a user may process every record of a plan, and that a new owner can read the tables below the root.
 * @throws CASCADE_REFUSED for the first that the user may not
 */
export function requirePlan(work: Work, user: OwnerRow, plan: Plan): void {
  const kind = kindOf(plan.request.operation)
  kind.authorize(work, user, plan.request)
  const reader = kind.reader(work.settings, plan.request)
  if (reader) for (const { table } of belowRoot(plan)) requireReadingOwner(work, reader, table)
  const error = deniedError(work, user, findDeniedRows(work, user, plan, 1))
  if (error) throw error
}

/** Records that a preview names, of each table and right. */
const LISTED = 5

/** Returns what a user may not do of a plan, for its preview. */
export function previewRights(work: Work, user: OwnerRow, plan: Plan): PreviewRights {
  const found = findDeniedRows(work, user, plan, LISTED)
  const denied = found.map(({ table, right, rows, count }) => ({
    table: table.definition.logicalName,
    right,
    count,
    listed: rows.map((row) => describeRow(work.connection, table, row)),
  }))
  return {
    denied,
    reasons: denied.map(({ table, right, count, listed }) =>
      securityText.denied({
        user: user.name,
        right,
        table,
        count,
        records: listed.map(({ name, id }) => name ?? id),
        more: count - listed.length,
      }),
    ),
    check(mode) {
      if (mode === 'Sync') requirePlan(work, user, plan)
      else kindOf(plan.request.operation).authorize(work, user, plan.request)
    },
  }
}

/** Finds the first record of a job's set that the job's user may not process. Source: dataverse reference, section 4.3. */
export function checkSetRights(context: OperationContext, set: PositionedSet): SetFailure | undefined {
  const { connection, settings, kind, request, call } = context
  const first = () => set.firstPosition(set.rowNumbers())
  if (set.relationship === null && kind.origins === null) return failureOf(first, () => kind.authorize(context, call.user, request))
  const reader = kind.reader(settings, request)
  const unread = reader && failureOf(first, () => requireReadingOwner(context, reader, set.table))
  if (unread) return unread
  const rights = rightsOf(connection, call.user)
  if (rights.holdsEverything) return undefined
  for (const right of kind.neededRights(settings, request, set.action)) {
    const [row] = findDenied(connection, rights, set.table, right, set.rows, 1)
    const item = row === undefined ? undefined : set.firstPosition([row])
    if (row !== undefined && item !== undefined) return { item, error: denied(context, call.user, set.table, row, right) }
  }
  return undefined
}

function failureOf(item: () => number | undefined, check: () => void): SetFailure | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof EngineError) return { item: item() ?? 0, error }
    throw error
  }
}
