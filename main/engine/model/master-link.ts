import type { RelationshipDefinition } from '../contract/tables.ts'
import { NO_CASCADE } from './system-model.ts'

/**
 * Returns the platform's own relationship from a merged row to the row that it was merged into. Every table that can be merged has
 * it, whether or not a model states it. Source: dataverse reference, section 3.3; standard relationships `account_master_account` and others.
 */
export const masterLink = (table: string): RelationshipDefinition => ({
  schemaName: `${table}_master_${table}`,
  referenced: table,
  referencing: table,
  attribute: 'masterid',
  hierarchical: false,
  cascade: { ...NO_CASCADE, Delete: 'RemoveLink' },
  stated: [],
  kind: 'data',
  origin: 'standard',
  originNote: null,
})

/** Returns whether a relationship is the link of merged rows to their master. */
export const isMasterLink = ({ referenced, referencing, attribute }: RelationshipDefinition): boolean =>
  attribute === 'masterid' && referenced === referencing
