import { originText } from '#text/english/origins'
import type { ModelDefinition, RelationshipDefinition, TableDefinition } from '../../contract/tables.ts'
import { column, completeTable, SYSTEM_MODEL } from '../system-model.ts'
import { activeStateOf, isMergeableByDefault, primaryIdOf, standardTable } from '../table-defaults.ts'
import { standardDefinition } from './definitions.ts'
import { STANDARD_RELATIONSHIPS } from './relationships.ts'

const SYSTEM_TABLES = new Set(SYSTEM_MODEL.tables.map(({ logicalName }) => logicalName))

/**
 * Returns these tables as the platform ships them, with the relationships among them. Tables of every environment may be named and are
 * left as they are. Source: import formats, sections 8 and 9; table reference pages.
 */
export function standardModel(names: Iterable<string>): ModelDefinition {
  const named = new Set([...names].filter(isStandardName))
  const relationships = STANDARD_RELATIONSHIPS.filter(
    ({ referenced, referencing }) =>
      named.has(referenced) && named.has(referencing) && !(SYSTEM_TABLES.has(referenced) && SYSTEM_TABLES.has(referencing)),
  )
  return {
    tables: [...named].filter((name) => !SYSTEM_TABLES.has(name)).map((name) => toTable(name, relationships)),
    relationships,
    manyToMany: [],
  }
}

/** Returns whether the platform's definition of a table is known. */
export const isStandardName = (logicalName: string): boolean => standardTable(logicalName) !== undefined

function toTable(logicalName: string, relationships: readonly RelationshipDefinition[]): TableDefinition {
  const { schemaName, displayName, states, reasons, columns } = standardDefinition(logicalName)
  const known = standardTable(logicalName)
  const isActivity = known?.isActivity ?? false
  const primaryName = known?.primaryName ?? null
  const lookups = new Set(relationships.filter(({ referencing }) => referencing === logicalName).map(({ attribute }) => attribute))
  return completeTable({
    logicalName,
    schemaName,
    displayName,
    ownership: known?.ownership ?? 'UserOwned',
    mergeable: isMergeableByDefault(logicalName),
    activeState: activeStateOf(logicalName),
    primaryId: primaryIdOf(logicalName, isActivity),
    primaryName,
    isActivity,
    origin: 'standard',
    originNote: originText.platformDefaults,
    columns: [
      ...(primaryName === null ? [] : [column(primaryName, 'String')]),
      ...columns.filter((each) => each.logicalName !== primaryName),
      ...[...lookups].map((name) => column(name, name === 'ownerid' ? 'Owner' : 'Lookup')),
      { ...column('statecode', 'State', STATE_LABEL), options: states },
      { ...column('statuscode', 'Status', REASON_LABEL), options: reasons },
    ],
  })
}

const STATE_LABEL = 'Status'
const REASON_LABEL = 'Status Reason'
