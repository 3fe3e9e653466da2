import {
  CASCADE_ACTIONS,
  type CascadeConfiguration,
  type ColumnType,
  type ModelDefinition,
  type OptionDefinition,
  type Ownership,
} from '#engine/contract/tables'
import { NO_CASCADE } from '#engine/model/system-model'

/** Models for tests in a few words: `{ contact: { columns: { firstname: 'String' } } }` and `account → contact.parentcustomerid`. */
export function modelOf(
  tables: Record<string, { ownership?: Ownership; columns?: Record<string, ColumnType> }>,
  relationships: [name: string, referenced: string, referencing: string, attribute: string, cascade?: Partial<CascadeConfiguration>][],
): ModelDefinition {
  return {
    tables: Object.entries(tables).map(([logicalName, { ownership = 'UserOwned', columns = {} }]) => {
      const lookups = relationships
        .filter(([, , referencing]) => referencing === logicalName)
        .map(([, , , attribute]) => [attribute, 'Lookup'] as const)
      const own: Record<string, ColumnType> = {
        [`${logicalName}id`]: 'Uniqueidentifier',
        name: 'String',
        statecode: 'State',
        statuscode: 'Status',
        ...(ownership === 'UserOwned' ? { ownerid: 'Owner' } : {}),
        ...Object.fromEntries(lookups),
        ...columns,
      }
      return {
        logicalName,
        schemaName: logicalName,
        displayName: null,
        ownership,
        mergeable: ['account', 'contact'].includes(logicalName),
        activeState: 0,
        primaryId: `${logicalName}id`,
        primaryName: 'name',
        isActivity: false,
        origin: 'declared',
        originNote: null,
        columns: Object.entries(own).map(([name, type]) => ({
          logicalName: name,
          displayName: null,
          type,
          sourceType: null,
          requiredLevel: 'None' as const,
          maxLength: null,
          options: OPTIONS[name] ?? [],
        })),
      }
    }),
    relationships: relationships.map(([schemaName, referenced, referencing, attribute, cascade = {}]) => ({
      schemaName,
      referenced,
      referencing,
      attribute,
      hierarchical: referenced === referencing,
      kind: 'data',
      origin: 'declared',
      originNote: null,
      stated: [...CASCADE_ACTIONS],
      cascade: { ...UNTOUCHED, ...cascade },
    })),
    manyToMany: [],
  }
}

const OPTIONS: Record<string, OptionDefinition[]> = {
  statecode: [
    { value: 0, label: 'Active' },
    { value: 1, label: 'Inactive' },
  ],
  statuscode: [
    { value: 1, label: 'Active', state: 0 },
    { value: 2, label: 'Inactive', state: 1 },
  ],
}

const UNTOUCHED: CascadeConfiguration = { ...NO_CASCADE, Delete: 'RemoveLink' }
