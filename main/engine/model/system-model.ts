import { originText } from '#text/english/origins'
import type { CascadeConfiguration, ColumnDefinition, ColumnType, ModelDefinition, TableDefinition } from '../contract/tables.ts'

/** Names of the first user of every environment, and of its business unit. */
export const ADMIN_NAME = 'admin'
export const ROOT_UNIT_NAME = 'root'

export const column = (logicalName: string, type: ColumnType, displayName: string | null = null): ColumnDefinition => ({
  logicalName,
  displayName,
  type,
  sourceType: null,
  requiredLevel: 'None',
  maxLength: null,
  options: [],
})

export const NO_CASCADE: CascadeConfiguration = {
  Assign: 'NoCascade',
  Delete: 'NoCascade',
  Merge: 'NoCascade',
  Reparent: 'NoCascade',
  Share: 'NoCascade',
  Unshare: 'NoCascade',
  RollupView: 'NoCascade',
  Archive: 'NoCascade',
}

const systemTable = (
  logicalName: string,
  schemaName: string,
  displayName: string,
  primaryName: string,
  columns: ColumnDefinition[],
): TableDefinition => ({
  logicalName,
  schemaName,
  displayName,
  ownership: 'BusinessOwned',
  mergeable: false,
  activeState: 0,
  primaryId: `${logicalName}id`,
  primaryName,
  isActivity: false,
  origin: 'system',
  originNote: originText.everyEnvironment,
  columns,
})

const unitRelationship = (schemaName: string, referencing: string, attribute: string) => ({
  schemaName,
  referenced: 'businessunit',
  referencing,
  attribute,
  hierarchical: referencing === 'businessunit',
  cascade: { ...NO_CASCADE, Delete: 'Restrict' as const },
  stated: ['Delete' as const],
  kind: 'data' as const,
  origin: 'system' as const,
  originNote: originText.everyEnvironment,
})

/** Business units, users and teams: in every environment, since records need owners. Source: dataverse reference, section 4.1. */
export const SYSTEM_MODEL: ModelDefinition = {
  tables: [
    systemTable('businessunit', 'BusinessUnit', 'Business Unit', 'name', [
      column('name', 'String', 'Name'),
      column('parentbusinessunitid', 'Lookup', 'Parent Business'),
      column('isdisabled', 'Boolean', 'Is Disabled'),
    ]),
    systemTable('systemuser', 'SystemUser', 'User', 'fullname', [
      column('fullname', 'String', 'Full Name'),
      column('businessunitid', 'Lookup', 'Business Unit'),
      column('isdisabled', 'Boolean', 'Status'),
    ]),
    systemTable('team', 'Team', 'Team', 'name', [
      column('name', 'String', 'Team Name'),
      column('businessunitid', 'Lookup', 'Business Unit'),
    ]),
  ],
  relationships: [
    unitRelationship('business_unit_parent_business_unit', 'businessunit', 'parentbusinessunitid'),
    unitRelationship('business_unit_system_users', 'systemuser', 'businessunitid'),
    unitRelationship('business_unit_teams', 'team', 'businessunitid'),
  ],
  manyToMany: [],
}

/** Returns the columns that every row has, whether or not a source lists them. Source: scenario format, `model.tables`. */
export function standardColumns(table: TableDefinition): ColumnDefinition[] {
  const columns = [column(table.primaryId, 'Uniqueidentifier')]
  if (table.primaryName) columns.push(column(table.primaryName, 'String'))
  columns.push(
    column('statecode', 'State', 'Status'),
    column('statuscode', 'Status', 'Status Reason'),
    column('createdon', 'DateTime', 'Created On'),
    column('createdby', 'Lookup', 'Created By'),
    column('modifiedon', 'DateTime', 'Modified On'),
    column('modifiedby', 'Lookup', 'Modified By'),
  )
  if (table.ownership === 'UserOwned')
    columns.push(column('ownerid', 'Owner', 'Owner'), column('owningbusinessunit', 'Lookup', 'Owning Business Unit'))
  if (table.mergeable) columns.push(column('merged', 'Boolean', 'Merged'), column('masterid', 'Lookup', 'Master ID'))
  return columns
}

/** Adds the columns that every row has to a definition. */
export function completeTable(table: TableDefinition): TableDefinition {
  const listed = new Set(table.columns.map(({ logicalName }) => logicalName))
  return { ...table, columns: [...table.columns, ...standardColumns(table).filter(({ logicalName }) => !listed.has(logicalName))] }
}
