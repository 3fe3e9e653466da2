import type { ModelDefinition, RelationshipDefinition, TableDefinition } from '#engine/contract/tables'
import { CASCADE_ACTIONS } from '#engine/contract/tables'
import { completeCascade, relationshipKind } from '#engine/model/relationship-kinds'
import { standardTable } from '#engine/model/table-defaults'
import { findingText } from '#text/english/findings'
import { originText } from '#text/english/origins'
import type { Findings } from '../report/findings.ts'
import { STANDARD_RELATIONSHIPS } from './standard-relationships.ts'

/**
 * Returns the platform's own relationships between tables that the model names, stubs included. An imported relationship of the same
 * name takes precedence when the models are merged. Source: import formats, sections 8 and 9.
 */
export function standardModel(named: TableDefinition[], present: RelationshipDefinition[], findings: Findings): ModelDefinition {
  const tables = new Map(named.map((table) => [table.logicalName, table]))
  const linked = new Set(present.filter(({ origin }) => origin !== 'stub').map(endsOf))
  const relationships = STANDARD_RELATIONSHIPS.filter(
    (relationship) => tables.has(relationship.referenced) && tables.has(relationship.referencing) && !linked.has(endsOf(relationship)),
  ).map(
    (relationship): RelationshipDefinition => ({
      schemaName: relationship.schemaName,
      referenced: relationship.referenced,
      referencing: relationship.referencing,
      attribute: relationship.attribute,
      hierarchical: relationship.hierarchical,
      cascade: completeCascade(relationship.cascade, relationship.referenced),
      stated: CASCADE_ACTIONS.filter((action) => relationship.cascade[action] !== undefined),
      kind: relationshipKind(relationship.attribute, relationship.referenced),
      origin: 'standard',
      originNote: originText.platformDefaults,
    }),
  )
  const stubs = named.filter(({ origin, logicalName }) => origin === 'stub' && standardTable(logicalName) !== undefined)
  if (relationships.length > 0) findings.add('note', findingText.standardRelationships, undefined, relationships.length)
  return {
    tables: stubs.map((table) => ({ ...table, origin: 'standard', originNote: originText.platformDefaults })),
    relationships,
    manyToMany: [],
  }
}

const endsOf = ({ referenced, referencing, attribute }: Pick<RelationshipDefinition, 'referenced' | 'referencing' | 'attribute'>): string =>
  `${referenced}>${referencing}.${attribute}`
