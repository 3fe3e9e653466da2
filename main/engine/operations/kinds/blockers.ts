import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import { reason as reasons } from '#text/english/reasons'
import type { Plan } from '../../cascade/plan.ts'
import type { Blockers, PlanningContext } from '../../cascade/planning-kind.ts'
import type { PlanBlocker } from '../../contract/cascades.ts'
import { EngineError, PLATFORM_ERRORS } from '../../contract/errors.ts'
import type { Edge } from '../../model/compiled-model.ts'
import type { PlannedChild } from '../../store/changes.ts'
import type { Connection } from '../../store/connection.ts'
import { describeRow } from '../../store/rows.ts'
import { needsItsParent, passesPlanned, restrictEdges } from './delete-edges.ts'

/** Number of blockers that are listed; all are counted. */
const LISTED = 200

/**
 * Finds the rows that forbid a delete: children of any row to be deleted along a Restrict relationship, anywhere below the root.
 * Our reading, a setting: such a child blocks even when the same delete would remove it by another path.
 * Source: dataverse reference, section 1.7.
 */
export function findBlockers({ connection, model, settings }: PlanningContext, { table, groups }: Plan): Blockers {
  const listed: PlanBlocker[] = []
  let count = 0
  const deleted = groups.filter(({ action }) => action === 'delete')
  const all = { first: 1, last: Math.max(...deleted.map(({ last }) => last)) }
  for (const group of deleted) {
    for (const edge of restrictEdges(model, group.table)) {
      const ignored = passesPlanned(settings, edge) ? all : null
      const found = table.countRestricting(edge, group, ignored)
      count += found
      if (found === 0 || listed.length >= LISTED) continue
      for (const { row, parent } of table.findRestricting(edge, group, ignored, LISTED - listed.length))
        listed.push(blockerOf(connection, edge, { row, parent }))
    }
  }
  return { listed, count }
}

/** Describes a row that forbids the delete of its parent. */
export function blockerOf(connection: Connection, edge: Edge, { row, parent }: PlannedChild): PlanBlocker {
  const relationship = edge.relationship.definition.schemaName
  const isNeeded = needsItsParent(edge)
  return {
    record: describeRow(connection, edge.child, row),
    parent: describeRow(connection, edge.parent, parent),
    relationship,
    code: PLATFORM_ERRORS[isNeeded ? 'CascadeRemoveLinkOnNonNullable' : 'CannotDeleteDueToAssociation'],
    reason: isNeeded ? reasons.lookupRequired({ relationship, column: edge.attribute }) : reasons.restricted({ relationship }),
  }
}

/** Makes the error of a delete that rows forbid. Its code is that of the first: Restrict comes before lookups that cannot be emptied. */
export function deleteBlocked({ listed, count }: Blockers): EngineError {
  const first = listed[0]
  const why = first
    ? operationText.blocker({
        table: first.record.table,
        record: first.record.name ?? first.record.id,
        parentTable: first.parent.table,
        parent: first.parent.name ?? first.parent.id,
        relationship: first.relationship,
        others: Math.max(0, count - 1),
      })
    : operationText.someBlocker
  const isNeeded = first?.code === PLATFORM_ERRORS.CascadeRemoveLinkOnNonNullable
  return new EngineError('CASCADE_REFUSED', isNeeded ? platform.lookupCannotBeEmptied({ why }) : platform.deleteBlocked({ why }), {
    platform: isNeeded ? 'CascadeRemoveLinkOnNonNullable' : 'CannotDeleteDueToAssociation',
    hint: isNeeded ? operationText.lookupRequiredHint : operationText.blockerHint,
    details: { blockedBy: listed.slice(0, 10), count },
  })
}
