import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import { reason as reasons } from '#text/english/reasons'
import type { Message } from '#text/message'
import type { Group, Plan } from '../../cascade/plan.ts'
import type { Blockers, PlanningContext } from '../../cascade/planning-kind.ts'
import type { BlockerGroup, PlanBlocker } from '../../contract/cascades.ts'
import { EngineError, PLATFORM_ERRORS, recordPhrase } from '../../contract/errors.ts'
import type { RowNumber } from '../../contract/loader.ts'
import type { LookupValue } from '../../contract/records.ts'
import type { Edge } from '../../model/compiled-model.ts'
import type { PlannedChild } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import { readStored } from '../../store/records.ts'
import { describeRow } from '../../store/rows.ts'
import { needsItsParent, passesPlanned, restrictEdges } from './delete-edges.ts'

/** The code of a lookup that the delete would empty and that cannot be empty. */
const NEEDED = PLATFORM_ERRORS.CascadeRemoveLinkOnNonNullable

/** Number of blockers that are listed; all are counted. */
const LISTED = 200

/** Number of blockers that a relationship lists at least, and that a message names. */
const NAMED = 3

/**
 * Finds the rows that forbid a delete: children of any row to be deleted along a Restrict relationship, anywhere below the root.
 * Our reading, a setting: such a child blocks even when the same delete would remove it by another path.
 * Source: dataverse reference, section 1.7.
 */
export function findBlockers({ connection, model, settings }: PlanningContext, plan: Plan): Blockers {
  const { table, groups } = plan
  const found: Blockers = { listed: [], groups: [], count: 0 }
  const deleted = groups.filter(({ action }) => action === 'delete')
  const all = { first: 1, last: Math.max(...deleted.map(({ last }) => last)) }
  for (const group of deleted) {
    for (const edge of restrictEdges(model, group.table)) {
      const ignored = passesPlanned(settings, edge) ? all : null
      const count = table.countRestricting(edge, group, ignored)
      if (count === 0) continue
      addTo(found, edge, count)
      const listed = found.listed.filter(({ relationship }) => relationship === nameOf(edge)).length
      const most = Math.max(NAMED - listed, LISTED - found.listed.length)
      if (most <= 0) continue
      for (const { row, parent } of table.findRestricting(edge, group, ignored, most))
        found.listed.push({ ...blocker(connection, edge, { row, parent }), path: pathTo(connection, plan, group, parent) })
    }
  }
  return found
}

/** Describes rows that turned out to block one edge, outside of a plan. */
export function blockersAlong(connection: Connection, edge: Edge, children: PlannedChild[]): Blockers {
  const found: Blockers = { listed: [], groups: [], count: 0 }
  addTo(found, edge, children.length)
  for (const child of children.slice(0, NAMED)) found.listed.push({ ...blocker(connection, edge, child), path: [] })
  return found
}

const nameOf = ({ relationship }: Edge): string => relationship.definition.schemaName

function addTo(found: Blockers, edge: Edge, count: number): void {
  const known = found.groups.find(({ relationship }) => relationship === nameOf(edge))
  if (known) known.count += count
  else found.groups.push({ relationship: nameOf(edge), table: edge.child.definition.logicalName, count })
  found.count += count
}

function blocker(connection: Connection, edge: Edge, { row, parent }: PlannedChild): Omit<PlanBlocker, 'path'> {
  const relationship = nameOf(edge)
  const isNeeded = needsItsParent(edge)
  return {
    record: describeRow(connection, edge.child, row),
    parent: describeRow(connection, edge.parent, parent),
    relationship,
    code: isNeeded ? NEEDED : PLATFORM_ERRORS.CannotDeleteDueToAssociation,
    reason: isNeeded ? reasons.lookupRequired({ relationship, column: edge.attribute }) : reasons.restricted({ relationship }),
  }
}

/** Returns the rows above one of a group, from the root down. */
function pathTo(connection: Connection, { table, groups }: Plan, from: Group, of: RowNumber): LookupValue[] {
  const path: LookupValue[] = []
  for (let group = from, row = of; group.relationship !== null; ) {
    const { attribute, referenced } = group.relationship.definition
    const parent = readStored(connection, group.table, row)?.[attribute]
    const level = group.level - 1
    const above = groups.filter((each) => each.level === level && each.table.definition.logicalName === referenced)
    const next = above.length > 1 ? above.find((each) => typeof parent === 'number' && table.has(each, parent)) : above[0]
    if (typeof parent !== 'number' || !next) break
    path.unshift(describeRow(connection, next.table, parent))
    group = next
    row = parent
  }
  return path
}

/**
 * Makes the error of a delete that rows forbid. It is about the row that may not be deleted. Its code is that of the first blocker: Restrict
 * comes before lookups that cannot be emptied.
 */
export function deleteBlocked({ listed, groups, count }: Blockers): EngineError {
  const why = groups.map((group) => groupPhrase(group, listed))
  const isNeeded = listed[0]?.code === NEEDED
  return new EngineError('CASCADE_REFUSED', isNeeded ? platform.lookupCannotBeEmptied({ why }) : platform.deleteBlocked({ why }), {
    platform: isNeeded ? 'CascadeRemoveLinkOnNonNullable' : 'CannotDeleteDueToAssociation',
    hint: isNeeded ? operationText.lookupRequiredHint : operationText.blockerHint,
    record: listed[0]?.parent ?? null,
    details: { blockedBy: listed.slice(0, 10), count },
  })
}

/** Says how many rows block along one relationship, and names the first of them with the way to each. */
function groupPhrase({ relationship, table, count }: BlockerGroup, listed: PlanBlocker[]): Message {
  const named = listed.filter((each) => each.relationship === relationship).slice(0, NAMED)
  const rows = named.map(({ record, path, parent }) =>
    path.length === 0
      ? recordPhrase(record)
      : operationText.blockerUnder({ record: recordPhrase(record), path: pathPhrase([...path, parent]) }),
  )
  const group = { relationship, table, count, others: count - named.length, rows }
  return named[0]?.code === NEEDED ? operationText.blockersInNeed(group) : operationText.blockers(group)
}

/** Names rows from the root down, one below the other. */
export const pathPhrase = ([first, ...rest]: LookupValue[]): Message =>
  rest.reduce<Message>((above, record) => operationText.below({ above, record: recordPhrase(record) }), recordPhrase(first as LookupValue))
