import { inEnglish } from '#text/english'
import type { CascadeEdit, ModelChange, ModelDefinition, ModelSource, RelationshipDefinition } from '../contract/tables.ts'
import { completeReferences } from './complete-references.ts'
import { mergeModels } from './merge-models.ts'
import { compareSources } from './source-order.ts'
import { standardModel } from './standard/standard-model.ts'
import { completeTable, SYSTEM_MODEL } from './system-model.ts'

/** Everything that the model follows from. */
export interface ModelParts {
  sources: readonly ModelSource[]
  edits: readonly CascadeEdit[]
  /** Whether tables that sources only name are defined as the platform ships them. */
  hasStandard: boolean
}

/** A point in which sources of equal rank differ, and the source that counts. */
export interface Disagreement {
  change: ModelChange
  counts: string
}

export interface ModelFromSources {
  model: ModelDefinition
  disagreements: Disagreement[]
  /** Relationships of sources whose lookup column no table lists. */
  withoutColumn: RelationshipDefinition[]
}

/**
 * Makes the whole model from its parts. The result is the same in whatever order they came: sources are merged in the order of
 * `compareSources`, then follow the platform's own definitions of what they name, then what was changed here.
 */
export function modelFromSources({ sources, edits, hasStandard }: ModelParts): ModelFromSources {
  const disagreements: Disagreement[] = []
  let stated: ModelDefinition = { tables: [], relationships: [], manyToMany: [] }
  for (const source of sources.toSorted(compareSources)) {
    const merged = mergeModels(stated, source.model)
    stated = merged.model
    for (const change of merged.changes)
      if (change.kind === 'conflict' || change.kind === 'changed') disagreements.push({ change, counts: sourceName(source) })
  }
  const withoutColumn: RelationshipDefinition[] = []
  const named = withEverythingNamed(withoutKnownIntersects(stated), sources, (relationship) => withoutColumn.push(relationship))
  const whole = hasStandard ? withStandard(named) : named
  const { tables, relationships, manyToMany } = mergeModels(SYSTEM_MODEL, whole).model
  return {
    model: { tables: tables.map(completeTable), relationships: edited(relationships, edits), manyToMany },
    disagreements,
    withoutColumn,
  }
}

/** Returns the name of a source for people. */
export const sourceName = ({ name, version }: Pick<ModelSource, 'name' | 'version'>): string => (version ? `${name} ${version}` : name)

/** Returns the points in which sources differ now and did not before. */
export function newDisagreements(before: readonly Disagreement[], after: readonly Disagreement[]): Disagreement[] {
  const keyOf = ({ change, counts }: Disagreement) => `${change.subject} ${change.name} ${inEnglish(change.detail)} ${counts}`
  const known = new Set(before.map(keyOf))
  return after.filter((each) => !known.has(keyOf(each)))
}

/**
 * Adds what any source names, also by a relationship in whose place came that of another source: tables and columns that once were in the
 * model stay in it.
 */
function withEverythingNamed(
  stated: ModelDefinition,
  sources: readonly ModelSource[],
  onAddedColumn: (relationship: RelationshipDefinition) => void,
): ModelDefinition {
  const ordered = sources.toSorted(compareSources)
  const relationships = ordered.flatMap(({ model }) => model.relationships)
  const manyToMany = ordered.flatMap(({ model }) => model.manyToMany)
  const { tables } = completeReferences({ tables: stated.tables, relationships, manyToMany }, SYSTEM_MODEL, onAddedColumn)
  return { ...stated, tables }
}

function withStandard(named: ModelDefinition): ModelDefinition {
  const all = mergeModels(SYSTEM_MODEL, named).model
  const standard = standardModel(all.tables.map(({ logicalName }) => logicalName))
  return completeReferences(mergeModels(named, standard).model, SYSTEM_MODEL)
}

/** Removes the many-to-many relationships of data packages whose intersect table another source defines: packages know no other name. */
function withoutKnownIntersects(stated: ModelDefinition): ModelDefinition {
  const defined = new Set(stated.manyToMany.filter(({ origin }) => origin !== 'stub').map(({ intersectTable }) => intersectTable))
  return {
    ...stated,
    manyToMany: stated.manyToMany.filter(({ origin, intersectTable }) => origin !== 'stub' || !defined.has(intersectTable)),
  }
}

function edited(relationships: readonly RelationshipDefinition[], edits: readonly CascadeEdit[]): RelationshipDefinition[] {
  const byName = Map.groupBy(edits, ({ schemaName }) => schemaName.toLowerCase())
  return relationships.map((relationship) => {
    const own = byName.get(relationship.schemaName.toLowerCase())
    if (own === undefined) return relationship
    const cascade = { ...relationship.cascade, ...Object.fromEntries(own.map(({ action, type }) => [action, type])) }
    return { ...relationship, cascade }
  })
}
