import type { ModelDefinition, RelationshipDefinition } from '#engine/contract/tables'
import { isParental } from '#engine/model/relationship-kinds'
import { findingText } from '#text/english/findings'
import type { Findings } from './findings.ts'

/** No source has a relationship for these two. Source: import formats, section 3.2. */
const WITHOUT_RELATIONSHIP = new Set(['createdonbehalfby', 'modifiedonbehalfby'])

/** Reports what is unusual about the whole model after an import. Source: import formats, section 10. */
export function reportModel(model: ModelDefinition, imported: Set<string>, findings: Findings): void {
  const byChild = Map.groupBy(model.relationships, (relationship) => relationship.referencing)
  for (const table of model.tables) {
    if (!imported.has(table.logicalName)) continue
    const relationships = byChild.get(table.logicalName) ?? []
    const linked = new Set(relationships.map((relationship) => relationship.attribute))
    const unlinked = table.columns.filter(
      ({ logicalName, type }) =>
        (type === 'Lookup' || type === 'Customer') && !linked.has(logicalName) && !WITHOUT_RELATIONSHIP.has(logicalName),
    )
    if (unlinked.length > 0)
      findings.add(
        'lookupWithoutRelationship',
        findingText.lookupWithoutRelationship,
        `${table.logicalName}: ${unlinked.map((column) => column.logicalName).join(', ')}`,
      )
    reportParents(table.logicalName, relationships, findings)
  }
}

/** Reports a table with more parental relationships than one, or one for each target of a polymorphic lookup. Source: dataverse reference, 1.5. */
function reportParents(table: string, relationships: RelationshipDefinition[], findings: Findings): void {
  const parental = relationships.filter((relationship) => relationship.kind === 'data' && isParental(relationship.cascade))
  if (new Set(parental.map((relationship) => relationship.attribute)).size > 1)
    findings.add(
      'designRule',
      findingText.severalParents,
      `${table}: ${parental.map((relationship) => relationship.schemaName).join(', ')}`,
    )
}
