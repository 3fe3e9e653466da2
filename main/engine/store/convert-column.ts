import type { TableDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { columnIndex, isLookup, ROW, storageOf } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'

/**
 * Changes how a column is stored, where a source that counts for more gives it another type than was known before. Values that fit the new
 * type stay; a GUID becomes the lookup of the row that has it.
 */
export function convertColumn(
  connection: Connection,
  model: CompiledModel,
  table: CompiledTable,
  { name, type }: { name: string; type: string },
): void {
  const { logicalName } = table.definition
  const column = table.columns.get(name)
  const from = `_before_${name}`
  const value = column !== undefined && isLookup(column.type) ? lookedUp(model, table.targets.get(name) ?? [], from) : converted(from, type)
  const of = quoted(logicalName)
  connection.db.exec(`
    DROP INDEX IF EXISTS ${quoted(columnIndex(logicalName, name))};
    ALTER TABLE ${of} RENAME COLUMN ${quoted(name)} TO ${quoted(from)};
    ALTER TABLE ${of} ADD COLUMN ${quoted(name)} ${type};
    UPDATE ${of} SET ${quoted(name)} = ${value} WHERE ${quoted(from)} IS NOT NULL;
    ALTER TABLE ${of} DROP COLUMN ${quoted(from)};`)
}

const converted = (from: string, type: string): string => {
  const value = quoted(from)
  if (type === 'TEXT') return `CAST(${value} AS TEXT)`
  return `CASE WHEN typeof(${value}) <> 'text' OR ${value} GLOB '[0-9+-]*' THEN CAST(${value} AS ${type}) END`
}

/** Returns SQL for the row among the targets of a lookup whose GUID a text is. */
function lookedUp(model: CompiledModel, targets: readonly string[], from: string): string {
  const bytes = `unhex(replace(trim(${quoted(from)}, '{}'), '-', ''))`
  const rows = targets.map((target) => {
    const { logicalName, primaryId } = model.table(target).definition
    return `(SELECT ${ROW} FROM ${quoted(logicalName)} WHERE ${quoted(primaryId)} = ${bytes})`
  })
  return rows.length === 0 ? 'NULL' : `coalesce(${rows.join(', ')}, NULL)`
}

/** Renames the key of a stored table whose definition, which came later, names it otherwise than a stub did. */
export function renameKeys(connection: Connection, before: TableDefinition | undefined, after: TableDefinition): void {
  if (before === undefined || before.primaryId === after.primaryId) return
  const of = quoted(after.logicalName)
  if (before.columns.some(({ logicalName }) => logicalName === after.primaryId))
    connection.db.exec(`
      DROP INDEX IF EXISTS ${quoted(columnIndex(after.logicalName, after.primaryId))};
      ALTER TABLE ${of} DROP COLUMN ${quoted(after.primaryId)};`)
  connection.db.exec(`ALTER TABLE ${of} RENAME COLUMN ${quoted(before.primaryId)} TO ${quoted(after.primaryId)}`)
}

/** Keeps the names of rows where the definition that came later has another name column than was assumed, and not the assumed one. */
export function keepNames(connection: Connection, before: TableDefinition | undefined, after: TableDefinition): void {
  const [from, to] = [before?.primaryName, after.primaryName]
  if (!from || !to || from === to || after.columns.some(({ logicalName }) => logicalName === from)) return
  const isText = (table: TableDefinition | undefined, name: string) =>
    table?.columns.some((column) => column.logicalName === name && storageOf(column) === 'TEXT') ?? false
  if (!isText(before, from) || !isText(after, to)) return
  connection.db.exec(`UPDATE ${quoted(after.logicalName)} SET ${quoted(to)} = ${quoted(from)} WHERE ${quoted(to)} IS NULL`)
}
