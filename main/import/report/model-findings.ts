import type { ModelDefinition, RelationshipDefinition } from '#engine/contract/tables'
import type { Disagreement } from '#engine/model/model-from-sources'
import { isParental } from '#engine/model/relationship-kinds'
import { inEnglish } from '#text/english'
import { findingText } from '#text/english/findings'
import { fixedTargets } from '../model/fixed-targets.ts'
import type { Findings } from './findings.ts'

/** Returns whether it is known where a lookup leads without a relationship. Source: import formats, section 3.2. */
const isFixed = (column: string): boolean => column === 'masterid' || fixedTargets(column) !== undefined

/** Reports where sources of equal rank contradict each other, and which of them counts. */
export function reportDisagreements(disagreements: readonly Disagreement[], findings: Findings): void {
  for (const { change, counts } of disagreements)
    findings.add(
      change.kind === 'conflict' ? 'conflict' : 'duplicate',
      findingText.sourcesDiffer({ counts }),
      `${change.name}: ${inEnglish(change.detail)}`,
    )
}

/** Reports relationships of these sources whose lookup column no table lists. */
export function reportAddedColumns(
  withoutColumn: readonly RelationshipDefinition[],
  own: readonly RelationshipDefinition[],
  findings: Findings,
): void {
  const names = new Set(own.map(({ schemaName }) => schemaName))
  for (const { schemaName, referencing, attribute } of withoutColumn)
    if (names.has(schemaName)) findings.add('columnNotListed', findingText.lookupAdded, `${schemaName} (${referencing}.${attribute})`)
}

/** Reports what is unusual about the whole model after an import. Source: import formats, section 10. */
export function reportModel(model: ModelDefinition, imported: Set<string>, findings: Findings): void {
  const byChild = Map.groupBy(model.relationships, (relationship) => relationship.referencing)
  for (const table of model.tables) {
    if (!imported.has(table.logicalName)) continue
    const relationships = byChild.get(table.logicalName) ?? []
    const linked = new Set(relationships.map((relationship) => relationship.attribute))
    const unlinked = table.columns.filter(
      ({ logicalName, type, sourceType }) =>
        (type === 'Lookup' || type === 'Customer') && sourceType !== null && !linked.has(logicalName) && !isFixed(logicalName),
    )
    if (unlinked.length > 0)
      findings.add(
        'lookupWithoutRelationship',
        findingText.lookupWithoutRelationship,
        `${table.logicalName}: ${unlinked.map((column) => column.logicalName).join(', ')}`,
      )
    if (!hasManyParents(table.logicalName)) reportParents(table.logicalName, relationships, findings)
  }
}

/** Returns whether the platform itself puts a table under each of its ends. */
const hasManyParents = (table: string): boolean => table === 'connection'

/** Reports a table with more parental relationships than one, or one for each target of a polymorphic lookup. Source: dataverse reference, 1.5. */
function reportParents(table: string, relationships: RelationshipDefinition[], findings: Findings): void {
  const parental = relationships.filter((relationship) => relationship.kind === 'data' && isParental(relationship.cascade))
  if (parental.every(({ origin }) => origin !== 'imported')) return
  if (new Set(parental.map((relationship) => relationship.attribute)).size > 1)
    findings.add(
      'designRule',
      findingText.severalParents,
      `${table}: ${parental.map((relationship) => relationship.schemaName).join(', ')}`,
    )
}
