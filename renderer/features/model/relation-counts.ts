import type { RelationshipDefinition } from '#engine/contract/tables'

/** Counts how often each table is parent and child of a data relationship. */
export function relationCounts(relationships: readonly RelationshipDefinition[]): Record<'asParent' | 'asChild', Record<string, number>> {
  const asParent: Record<string, number> = {}
  const asChild: Record<string, number> = {}
  for (const { kind, referenced, referencing } of relationships) {
    if (kind !== 'data') continue
    asParent[referenced] = (asParent[referenced] ?? 0) + 1
    asChild[referencing] = (asChild[referencing] ?? 0) + 1
  }
  return { asParent, asChild }
}
