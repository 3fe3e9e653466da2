import type { CascadeConfiguration, ModelDefinition } from '#engine/contract/tables'
import type { GenerateRule } from '#engine/contract/transfer'
import { NO_CASCADE } from '#engine/model/system-model'

const table = (logicalName: string, mergeable = false): ModelDefinition['tables'][number] => ({
  logicalName,
  schemaName: logicalName,
  displayName: null,
  ownership: 'UserOwned',
  mergeable,
  activeState: 0,
  primaryId: `${logicalName}id`,
  primaryName: 'name',
  isActivity: false,
  origin: 'declared',
  originNote: null,
  columns: [],
})

const relationship = (
  referenced: string,
  referencing: string,
  attribute: string,
  cascade: Partial<CascadeConfiguration>,
): ModelDefinition['relationships'][number] => ({
  schemaName: `${referenced}_${referencing}_${attribute}`,
  referenced,
  referencing,
  attribute,
  hierarchical: referenced === referencing,
  cascade: { ...NO_CASCADE, ...cascade },
  stated: [],
  kind: 'data',
  origin: 'declared',
  originNote: null,
})

/** Several ways down, a hierarchy, a polymorphic lookup, Active and UserOwned: plenty to get wrong. */
export const SOAK_MODEL: ModelDefinition = {
  tables: [table('account', true), table('contact', true), table('salesorder'), table('task')],
  relationships: [
    relationship('account', 'account', 'parentaccountid', { Assign: 'Cascade', Delete: 'RemoveLink', Merge: 'Cascade' }),
    relationship('account', 'contact', 'parentcustomerid', { Assign: 'Cascade', Delete: 'Cascade', Merge: 'Cascade' }),
    relationship('contact', 'salesorder', 'customerid', { Assign: 'UserOwned', Delete: 'RemoveLink', Merge: 'Cascade' }),
    relationship('account', 'salesorder', 'customerid', { Assign: 'Cascade', Delete: 'Cascade', Merge: 'Cascade' }),
    relationship('account', 'task', 'regardingobjectid', { Assign: 'Active', Delete: 'Cascade', Merge: 'Cascade' }),
    relationship('contact', 'task', 'regardingobjectid', { Assign: 'Cascade', Delete: 'Cascade', Merge: 'Cascade' }),
  ],
  manyToMany: [],
}

export const SOAK_RULES: GenerateRule[] = [
  { table: 'account', count: 20, owners: ['alice', 'bob', 'carol'] },
  { table: 'contact', per: 'account', attribute: 'parentcustomerid', count: 60, owners: ['alice', 'bob'] },
  { table: 'salesorder', per: 'contact', attribute: 'customerid', count: 1, owners: ['alice', 'carol'] },
  { table: 'task', per: 'contact', attribute: 'regardingobjectid', count: 2, states: { 0: 0.8, 1: 0.2 } },
]
