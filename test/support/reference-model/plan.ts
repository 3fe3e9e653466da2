import type { PlanAction } from '#engine/contract/cascades'
import { PLATFORM_ERRORS } from '#engine/contract/errors'
import type { CascadeType } from '#engine/contract/tables'
import type { OperationSketch, RelationshipSketch, RowSketch } from './sketch.ts'
import { PEOPLE, typeOf } from './sketch.ts'
import type { Key, Row, World } from './world.ts'
import { childrenOf, keyOf, ownerKey, relationshipsBelow } from './world.ts'

export interface Item {
  key: Key
  action: PlanAction
  level: number
}

export interface ReferencePlan {
  /** In the order of processing. */
  items: Item[]
  affected: number
  byTable: Record<string, number>
  /** `child relationship`, for deletes. */
  blockers: string[]
  /** The platform's codes of which one refuses the operation; none where it may go ahead. */
  refusals: string[]
  nothingToDo: boolean
  linksRemoved: number
  /** A row came up again that was in the plan already. */
  metAgain: boolean
}

export const rowAt = (world: World, position: number): Row | undefined =>
  world.rows.get(keyOf(world.sketch.rows[position] as RowSketch, position))

/** Why an operation cannot even be planned: the product's code and the platform's. */
export function impossible(world: World, operation: OperationSketch): { code: string; platformCode: string | null } | undefined {
  const roots = operation.operation === 'Merge' ? [operation.target, operation.subordinate] : [operation.row]
  const rows = roots.map((position) => rowAt(world, position))
  const tables = new Set(roots.map((position) => world.sketch.rows[position]?.table))
  if (tables.size > 1) return { code: 'INPUT_INVALID', platformCode: null }
  if (rows.includes(undefined)) return { code: 'RECORD_NOT_FOUND', platformCode: PLATFORM_ERRORS.ObjectDoesNotExist }
  if (
    operation.operation === 'Merge' &&
    Object.values(operation.content).some((value) => typeof value === 'number' && !rowAt(world, value))
  )
    return { code: 'RECORD_NOT_FOUND', platformCode: PLATFORM_ERRORS.ObjectDoesNotExist }
  if (operation.operation !== 'Assign') return undefined
  if (rows[0]?.table.ownership !== 'UserOwned') return { code: 'INPUT_INVALID', platformCode: null }
  const assignee = PEOPLE.find(({ name }) => name === operation.to)
  return assignee?.disabled ? { code: 'CASCADE_REFUSED', platformCode: PLATFORM_ERRORS.unManagedidsusernotenabled } : undefined
}

/** What a possible operation will do, by the rules and nothing else. */
export function planOf(world: World, operation: OperationSketch): ReferencePlan {
  switch (operation.operation) {
    case 'Assign':
      return planAssign(world, operation)
    case 'Delete':
      return planDelete(world, operation)
    case 'Merge':
      return planMerge(world, operation)
  }
}

type Sketched<Name extends OperationSketch['operation']> = Extract<OperationSketch, { operation: Name }>

function planAssign(world: World, { row, to }: Sketched<'Assign'>): ReferencePlan {
  const root = rowAt(world, row) as Row
  if (root.values.ownerid === ownerKey(to)) return { ...summary([], 'Assign'), nothingToDo: true, metAgain: false }
  const reached = reach(world, root, 'Assign', (child) => child.table.ownership === 'UserOwned')
  return {
    ...summary(
      reached.rows.map(({ row, level }) => ({ key: row.key, level, action: 'assign', created: row.created })),
      'Assign',
    ),
    metAgain: reached.metAgain,
  }
}

function planDelete(world: World, { row }: Sketched<'Delete'>): ReferencePlan {
  const root = rowAt(world, row) as Row
  const { rows: deleted, metAgain } = reach(world, root, 'Delete', () => true)
  const planned = new Map(
    deleted.map(({ row, level }) => [row.key, { key: row.key, level, action: 'delete' as PlanAction, created: row.created }]),
  )
  for (const { row: parent, level } of deleted)
    for (const child of unlinkedBy(world, parent))
      if (!planned.has(child.key)) planned.set(child.key, { key: child.key, level: level + 1, action: 'unlink', created: child.created })

  const gone = new Set(deleted.map(({ row }) => row.key))
  const blockers = deleted.flatMap(({ row: parent }) =>
    world.sketch.relationships.flatMap((relationship, number) => {
      if (relationship.parent !== parent.table.name || typeOf(relationship, 'Delete') !== 'Restrict') return []
      return childrenOf(world, parent, relationship)
        .filter((child) => child !== parent && !(world.settings.restrictIgnoresRowsBeingDeleted && gone.has(child.key)))
        .map((child) => `${child.key} ${relationshipName(number)}`)
    }),
  )
  const linksRemoved = [...world.links].filter((link) => link.split(' ').some((part) => gone.has(part))).length
  const refusals = blockers.length > 0 ? [PLATFORM_ERRORS.CannotDeleteDueToAssociation] : []
  return { ...summary([...planned.values()], 'Delete'), blockers, refusals, linksRemoved, metAgain }
}

/** Rows whose lookup is emptied with a row: those of Remove Link, and those that were merged into it. */
function unlinkedBy(world: World, row: Row): Row[] {
  const relationships = relationshipsBelow(world, row).filter((each) => typeOf(each, 'Delete') === 'RemoveLink')
  const merged = [...world.rows.values()].filter(({ values }) => values.masterid === row.key)
  return [...relationships.flatMap((relationship) => childrenOf(world, row, relationship)), ...merged]
}

function planMerge(world: World, { target, subordinate, parentingCheck }: Sketched<'Merge'>): ReferencePlan {
  const [kept, root] = [rowAt(world, target) as Row, rowAt(world, subordinate) as Row]
  // The target is no part of the plan, and what hangs below it stays where it is.
  const { rows, metAgain } = reach(world, root, 'Merge', (child) => child !== kept)
  const actionAt = (level: number): PlanAction => (level === 0 ? 'merge' : level === 1 ? 'move' : 'check')
  const items = rows.map(({ row, level }) => ({ key: row.key, level, action: actionAt(level), created: row.created }))
  return { ...summary(items, 'Merge'), refusals: mergeRefusals(world, kept, root, parentingCheck), metAgain }
}

/** Level by level: each row once, on the first level that reaches it. */
function reach(
  world: World,
  root: Row,
  action: 'Assign' | 'Delete' | 'Merge',
  mayCome: (child: Row) => boolean,
): { rows: { row: Row; level: number }[]; metAgain: boolean } {
  const reached = new Map<Key, { row: Row; level: number }>([[root.key, { row: root, level: 0 }]])
  let metAgain = false
  for (const { row: parent, level } of reached.values())
    for (const relationship of relationshipsBelow(world, parent))
      for (const child of childrenOf(world, parent, relationship)) {
        if (!mayCome(child) || !takes(typeOf(relationship, action), parent, child)) continue
        if (reached.has(child.key)) metAgain = true
        else reached.set(child.key, { row: child, level: level + 1 })
      }
  return { rows: [...reached.values()], metAgain }
}

/** Nothing was changed yet while a plan is made, so that an owner is the one from before the action. */
function takes(type: CascadeType, parent: Row, child: Row): boolean {
  switch (type) {
    case 'Cascade':
      return true
    case 'Active':
      return child.values.statecode === child.table.activeState
    case 'UserOwned':
      return child.values.ownerid !== undefined && child.values.ownerid === parent.values.ownerid
    default:
      return false
  }
}

function summary(rows: (Item & { created: number })[], operation: 'Assign' | 'Delete' | 'Merge'): Omit<ReferencePlan, 'metAgain'> {
  const sign = operation === 'Delete' ? -1 : 1
  const ordered = rows.toSorted((a, b) => sign * (a.level - b.level) || a.created - b.created)
  const byTable: Record<string, number> = {}
  for (const { key } of rows) byTable[tableOf(key)] = (byTable[tableOf(key)] ?? 0) + 1
  const items = ordered.map(({ key, action, level }) => ({ key, action, level }))
  return { items, affected: rows.length, byTable, blockers: [], refusals: [], nothingToDo: false, linksRemoved: 0 }
}

const tableOf = (key: Key): string => key.split('/')[0] as string

export const relationshipName = (number: number): string => `new_relationship${number}`

/** The first precondition that does not hold refuses; of the parents, any that objects may be named. */
function mergeRefusals(world: World, target: Row, subordinate: Row, parentingCheck: boolean): string[] {
  const { activeState, mergeable } = target.table
  if (!mergeable) return [PLATFORM_ERRORS.InvalidArgument]
  if (target === subordinate) return [PLATFORM_ERRORS.MergeIdentical]
  if (target.values.statecode !== activeState || subordinate.values.statecode !== activeState) return [PLATFORM_ERRORS.MergeInactive]
  if (hierarchies(world, target).some((attribute) => isBelow(world, target, subordinate, attribute)))
    return [PLATFORM_ERRORS.MergeCyclicalParenting]
  if (hasActiveQuote(world, subordinate)) return [PLATFORM_ERRORS.MergeActiveQuote]
  return parentingCheck ? parentRefusals(world, target, subordinate) : []
}

const hierarchies = ({ sketch }: World, row: Row): string[] =>
  sketch.relationships
    .filter((each) => each.parent === row.table.name && each.child === row.table.name && isParental(each))
    .map(({ attribute }) => attribute)

/** Following one lookup upwards within its table; a loop ends where it began. */
function isBelow(world: World, row: Row, ancestor: Row, attribute: string): boolean {
  const seen = new Set<Row>()
  for (let at: Row | undefined = row; at?.table === row.table && !seen.has(at); at = world.rows.get(String(at.values[attribute]))) {
    if (at === ancestor) return true
    seen.add(at)
  }
  return false
}

const hasActiveQuote = (world: World, subordinate: Row): boolean =>
  relationshipsBelow(world, subordinate)
    .filter(({ child }) => child === 'quote')
    .some((relationship) =>
      childrenOf(world, subordinate, relationship).some((quote) => quote.values.statecode === quote.table.activeState),
    )

function parentRefusals({ sketch }: World, target: Row, subordinate: Row): string[] {
  const parental = new Set(
    sketch.relationships.filter((each) => each.child === target.table.name && isParental(each)).map(({ attribute }) => attribute),
  )
  return [...parental].flatMap((attribute) => {
    const [kept, lost] = [target.values[attribute], subordinate.values[attribute]]
    // A subordinate right under the target loses nothing: its parent is the row that it becomes.
    if (lost === null || lost === kept || lost === target.key) return []
    return [kept === null ? PLATFORM_ERRORS.MergeLossOfParentingWarning : PLATFORM_ERRORS.MergeDifferentlyParentedWarning]
  })
}

const isParental = (relationship: RelationshipSketch): boolean =>
  typeOf(relationship, 'Delete') === 'Cascade' ||
  (['Assign', 'Reparent', 'Share', 'Unshare'] as const).some((action) =>
    ['Cascade', 'Active', 'UserOwned'].includes(typeOf(relationship, action)),
  )
