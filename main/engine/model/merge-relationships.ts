import { modelChange } from '#text/english/model-changes'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import type { CascadeAction, ModelChange, RelationshipDefinition } from '../contract/tables.ts'
import { CASCADE_ACTIONS } from '../contract/tables.ts'
import { changed, yesOrNo } from './describe-change.ts'
import { outranks } from './origin-rank.ts'

/** Merges relationships by schema name, by the rules of `mergeModels`. */
export function mergeRelationships(
  existing: RelationshipDefinition[],
  incoming: RelationshipDefinition[],
  changes: ModelChange[],
): RelationshipDefinition[] {
  const byName = new Map(existing.map((relationship) => [relationshipKey(relationship), relationship]))
  const standIns = new Map<string, RelationshipDefinition>()
  for (const relationship of existing) if (isStandIn(relationship)) standIns.set(endsKey(relationship), relationship)
  const imported = new Set(existing.filter((relationship) => !isStandIn(relationship)).map(endsKey))

  for (const next of incoming) {
    const known = byName.get(relationshipKey(next))
    if (known) {
      byName.set(relationshipKey(next), mergeRelationship(known, next, changes))
      continue
    }
    if (isStandIn(next) && imported.has(endsKey(next))) continue
    const standIn = standIns.get(endsKey(next))
    if (standIn && !outranks(next.origin, standIn.origin)) continue
    if (standIn) {
      byName.delete(relationshipKey(standIn))
      changes.push({
        kind: 'completed',
        subject: 'relationship',
        name: next.schemaName,
        detail: modelChange.takesPlaceOf({ name: standIn.schemaName }),
      })
    } else {
      changes.push({ kind: 'added', subject: 'relationship', name: next.schemaName, detail: verbatim.text({ text: ends(next) }) })
    }
    byName.set(relationshipKey(next), next)
    if (isStandIn(next)) standIns.set(endsKey(next), next)
    else {
      standIns.delete(endsKey(next))
      imported.add(endsKey(next))
    }
  }
  return [...byName.values()]
}

/** Returns whether a relationship comes from a stub or the standard set instead of a source. */
const isStandIn = (relationship: RelationshipDefinition): boolean => relationship.origin === 'stub' || relationship.origin === 'standard'

const relationshipKey = (relationship: RelationshipDefinition) => relationship.schemaName.toLowerCase()
const ends = (relationship: RelationshipDefinition) => `${relationship.referenced} → ${relationship.referencing}.${relationship.attribute}`
const endsKey = (relationship: RelationshipDefinition) => ends(relationship).toLowerCase()

function mergeRelationship(known: RelationshipDefinition, next: RelationshipDefinition, changes: ModelChange[]): RelationshipDefinition {
  if (outranks(known.origin, next.origin) && known.origin !== 'system') return fillUnstated(known, next, changes)
  const note = (detail: Message, kind: ModelChange['kind'] = 'changed') =>
    changes.push({ kind, subject: 'relationship', name: next.schemaName, detail })
  if (endsKey(known) !== endsKey(next)) {
    if (known.origin === 'system') return known
    note(modelChange.replaced({ before: ends(known), after: ends(next) }), 'conflict')
  }
  const cascade = { ...known.cascade }
  for (const action of next.stated) {
    if (cascade[action] === next.cascade[action]) continue
    const completes = !known.stated.includes(action)
    note(changed(action, cascade[action], next.cascade[action]), completes ? 'completed' : 'changed')
    cascade[action] = next.cascade[action]
  }
  if (known.hierarchical !== next.hierarchical)
    note(changed(modelChange.hierarchical, yesOrNo(known.hierarchical), yesOrNo(next.hierarchical)))
  const kept = known.origin === 'system' || outranks(known.origin, next.origin)
  return {
    ...next,
    schemaName: kept ? known.schemaName : next.schemaName,
    cascade,
    stated: union(known.stated, next.stated),
    origin: kept ? known.origin : next.origin,
    kind: kept ? known.kind : next.kind,
    originNote: kept ? known.originNote : next.originNote,
  }
}

/** Takes from a definition of lower rank only the actions that the other does not state. */
function fillUnstated(known: RelationshipDefinition, next: RelationshipDefinition, changes: ModelChange[]): RelationshipDefinition {
  const open = endsKey(known) === endsKey(next) ? next.stated.filter((action) => !known.stated.includes(action)) : []
  if (open.length === 0) return known
  const cascade = { ...known.cascade }
  for (const action of open) {
    if (cascade[action] !== next.cascade[action])
      changes.push({
        kind: 'completed',
        subject: 'relationship',
        name: known.schemaName,
        detail: changed(action, cascade[action], next.cascade[action]),
      })
    cascade[action] = next.cascade[action]
  }
  return { ...known, cascade, stated: union(known.stated, open) }
}

const union = (first: CascadeAction[], second: CascadeAction[]): CascadeAction[] =>
  CASCADE_ACTIONS.filter((action) => first.includes(action) || second.includes(action))
