import { inEnglish } from '#text/english'
import { modelChange } from '#text/english/model-changes'
import type { ManyToManyDefinition, ModelChange, ModelDefinition } from '../contract/tables.ts'
import { mergeRelationships } from './merge-relationships.ts'
import { mergeTable } from './merge-tables.ts'
import { outranks } from './origin-rank.ts'

export interface MergedModel {
  model: ModelDefinition
  changes: ModelChange[]
}

/**
 * Merges an incoming model into an existing one and returns the changes. Ignores the case of names. A definition completes a
 * stub and keeps its relationships; columns are united; of two definitions of equal rank the incoming one wins. A relationship
 * from a stub or the standard set is replaced by an imported one of another name on the same column and parent.
 */
export function mergeModels(existing: ModelDefinition, incoming: ModelDefinition): MergedModel {
  const changes: ModelChange[] = []
  const tables = mergeByName(
    existing.tables,
    incoming.tables,
    (table) => table.logicalName.toLowerCase(),
    (known, next) => mergeTable(known, next, changes),
  )
  const relationships = mergeRelationships(existing.relationships, incoming.relationships, changes)
  const manyToMany = mergeByName(
    existing.manyToMany,
    incoming.manyToMany,
    (relation) => relation.schemaName.toLowerCase(),
    (known, next) => mergeManyToMany(known, next, changes),
  )
  return { model: { tables, relationships, manyToMany }, changes }
}

function mergeByName<T>(existing: T[], incoming: T[], keyOf: (item: T) => string, merge: (known: T | undefined, next: T) => T): T[] {
  const byKey = new Map(existing.map((item) => [keyOf(item), item]))
  for (const item of incoming) byKey.set(keyOf(item), merge(byKey.get(keyOf(item)), item))
  return [...byKey.values()]
}

function mergeManyToMany(
  known: ManyToManyDefinition | undefined,
  next: ManyToManyDefinition,
  changes: ModelChange[],
): ManyToManyDefinition {
  const sides = (relation: ManyToManyDefinition) =>
    modelChange.sides({ first: relation.firstTable, second: relation.secondTable, intersect: relation.intersectTable })
  if (!known) {
    changes.push({ kind: 'added', subject: 'manyToMany', name: next.schemaName, detail: sides(next) })
    return next
  }
  if (inEnglish(sides(known)) === inEnglish(sides(next))) return outranks(next.origin, known.origin) ? next : known
  if (outranks(known.origin, next.origin)) return known
  const kind = outranks(next.origin, known.origin) ? 'completed' : 'conflict'
  changes.push({
    kind,
    subject: 'manyToMany',
    name: next.schemaName,
    detail: modelChange.became({ before: sides(known), after: sides(next) }),
  })
  return next
}
