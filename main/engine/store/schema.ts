import type { RelationshipDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { columnIndex, isStored, keepsTarget, linkTable, ROW, storageOf, targetColumn } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'
import { convertColumn } from './convert-column.ts'

/**
 * Creates the tables, columns and indexes of records that the model needs and never drops any. Each table of the
 * model is a STRICT table with an integer key, a GUID, and an index for each lookup along which a cascade can go.
 */
export function syncSchema(connection: Connection, model: CompiledModel): void {
  const existing = existingColumns(connection)
  const added = [...model.tables()].flatMap((table) => syncTable(connection, table, existing))
  for (const table of model.tables())
    for (const { name, type } of storedColumns(table)) {
      const stored = existing.get(table.definition.logicalName)?.get(name)
      if (stored !== undefined && stored !== type) convertColumn(connection, model, table, { name, type })
    }
  // A new target of a lookup may be a table that came later in the model.
  for (const column of added) fillTargets(connection, model, column)
  for (const relationship of model.definition.relationships) if (isTravelled(relationship)) indexLookup(connection, model, relationship)
  for (const { definition } of model.tables()) if (definition.mergeable) indexColumn(connection, definition.logicalName, 'masterid')
  for (const { intersectTable } of model.definition.manyToMany) makeIntersectTable(connection, intersectTable)
}

/** Returns whether any action cascades along this relationship; others get no index. */
const isTravelled = ({ kind, cascade }: RelationshipDefinition): boolean =>
  kind === 'data' &&
  (['Assign', 'Delete', 'Merge', 'Reparent', 'Share', 'Unshare'] as const).some((action) => cascade[action] !== 'NoCascade')

/** Returns the type of each stored column, by table. */
function existingColumns(connection: Connection): Map<string, Map<string, string>> {
  const rows = connection.db
    .prepare<[], { table_name: string; column_name: string; type: string }>(
      `SELECT m.name AS table_name, c.name AS column_name, c.type AS type FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
    )
    .all()
  const columns = new Map<string, Map<string, string>>()
  for (const { table_name, column_name, type } of rows) {
    const known = columns.get(table_name)
    if (known) known.set(column_name, type)
    else columns.set(table_name, new Map([[column_name, type]]))
  }
  return columns
}

/** A column that holds the target table of a lookup, added to a table that has rows. */
interface TargetColumn {
  table: CompiledTable
  name: string
  lookup: string
}

/** Creates a table or adds the columns that it lacks; returns those that hold targets of lookups it had before. */
function syncTable(connection: Connection, table: CompiledTable, existing: Map<string, Map<string, string>>): TargetColumn[] {
  const { logicalName, primaryId } = table.definition
  const wanted = storedColumns(table)
  const present = existing.get(logicalName)
  if (!present) {
    const columns = wanted.map(({ name, type }) => `,\n  ${quoted(name)} ${type}`).join('')
    connection.db.exec(
      `CREATE TABLE ${quoted(logicalName)} (\n  ${ROW} INTEGER PRIMARY KEY,\n  ${quoted(primaryId)} BLOB NOT NULL UNIQUE${columns}\n) STRICT`,
    )
    return []
  }
  const missing = wanted.filter(({ name }) => !present.has(name))
  for (const { name, type } of missing) connection.db.exec(`ALTER TABLE ${quoted(logicalName)} ADD COLUMN ${quoted(name)} ${type}`)
  return missing.flatMap(({ name, lookup }) => (lookup && present.has(lookup) ? [{ table, name, lookup }] : []))
}

/** Fills in the target tables of existing values, for a lookup that has become polymorphic. */
function fillTargets(connection: Connection, model: CompiledModel, { table, name, lookup }: TargetColumn): void {
  for (const target of table.targets.get(lookup) ?? []) {
    const { number } = model.table(target)
    connection.db.exec(
      `UPDATE ${quoted(table.definition.logicalName)} SET ${quoted(name)} = ${number} WHERE ${quoted(lookup)} IN (SELECT ${ROW} FROM ${quoted(target)})`,
    )
  }
}

/** Returns the stored columns of a table. `lookup` names the lookup whose target table a column holds. */
export function storedColumns(table: CompiledTable): { name: string; type: string; lookup?: string }[] {
  return table.definition.columns
    .filter((column) => isStored(column, table.definition))
    .flatMap((column) => {
      const stored = { name: column.logicalName, type: storageOf(column) as string }
      return keepsTarget(table, column)
        ? [stored, { name: targetColumn(column.logicalName), type: 'INTEGER', lookup: column.logicalName }]
        : [stored]
    })
}

function indexLookup(connection: Connection, model: CompiledModel, { referencing, attribute }: RelationshipDefinition): void {
  if (model.findTable(referencing)?.columns.has(attribute)) indexColumn(connection, referencing, attribute)
}

function indexColumn(connection: Connection, table: string, column: string): void {
  connection.db.exec(
    `CREATE INDEX IF NOT EXISTS ${quoted(columnIndex(table, column))} ON ${quoted(table)} (${quoted(column)}) WHERE ${quoted(column)} IS NOT NULL`,
  )
}

function makeIntersectTable(connection: Connection, name: string): void {
  connection.db.exec(
    `CREATE TABLE IF NOT EXISTS ${quoted(linkTable(name))} (first INTEGER NOT NULL, second INTEGER NOT NULL, PRIMARY KEY (first, second)) STRICT, WITHOUT ROWID`,
  )
  connection.db.exec(`CREATE INDEX IF NOT EXISTS ${quoted(`_link_${name}_by_second`)} ON ${quoted(linkTable(name))} (second)`)
}
