import type { z } from 'zod'
import { storeText } from '#text/english/store'
import { readStoredMessage, storedMessage } from '#text/stored-message'
import type {
  CascadeConfiguration,
  ColumnDefinition,
  ModelDefinition,
  RelationshipDefinition,
  TableDefinition,
} from '../contract/tables.ts'
import { REQUIRED_LEVELS } from '../contract/tables.ts'
import type { CompiledRelationship } from '../model/compiled-model.ts'
import { CompiledModel } from '../model/compiled-model.ts'
import { completeTable } from '../model/system-model.ts'
import { checkedRows } from './checked-rows.ts'
import { checkName } from './columns.ts'
import type { Connection } from './connection.ts'
import { keepNames, renameKeys } from './convert-column.ts'
import type { ColumnRow, RelationshipRow, TableRow } from './metadata-shapes.ts'
import { columnOptions, columnRow, manyToManyRow, relationshipRow, tableRow } from './metadata-shapes.ts'
import { syncSchema } from './schema.ts'
import { contentInvalid } from './unusable.ts'

type StoredRelationship = z.input<typeof relationshipRow>

/** Also for files of older formats, which lack columns that are written today. */
const reading = (connection: Connection) => ({
  version: connection.statement<[], { value: number }>(`SELECT value FROM _counter WHERE name = 'model_version'`),
  tables: connection.statement<[], object>('SELECT * FROM _table ORDER BY number'),
  columns: connection.statement<[], object>('SELECT * FROM _column ORDER BY table_number, ordinal'),
  relationships: connection.statement<[], object>('SELECT * FROM _relationship ORDER BY number'),
  manyToMany: connection.statement<[], object>('SELECT * FROM _many_to_many ORDER BY schema_name'),
})

const writing = (connection: Connection) => ({
  raiseVersion: connection.statement<[]>(`UPDATE _counter SET value = value + 1 WHERE name = 'model_version'`),
  putTable: connection.statement<Omit<TableRow, 'number'>, { number: number }>(`
    INSERT INTO _table (logical_name, schema_name, display_name, ownership, mergeable, active_state, primary_id, primary_name, is_activity, origin, origin_note)
    VALUES (:logical_name, :schema_name, :display_name, :ownership, :mergeable, :active_state, :primary_id, :primary_name, :is_activity, :origin, :origin_note)
    ON CONFLICT (logical_name) DO UPDATE SET
      schema_name = excluded.schema_name, display_name = excluded.display_name, ownership = excluded.ownership, mergeable = excluded.mergeable,
      active_state = excluded.active_state, primary_id = excluded.primary_id, primary_name = excluded.primary_name, is_activity = excluded.is_activity,
      origin = excluded.origin, origin_note = excluded.origin_note
    RETURNING number`),
  clearColumns: connection.statement<[number]>('DELETE FROM _column WHERE table_number = ?'),
  putColumn: connection.statement<ColumnRow>(`
    INSERT INTO _column (table_number, ordinal, logical_name, display_name, type, source_type, required, max_length, options)
    VALUES (:table_number, :ordinal, :logical_name, :display_name, :type, :source_type, :required, :max_length, :options)`),
  putRelationship: connection.statement<Omit<StoredRelationship, 'number'>>(`
    INSERT INTO _relationship (schema_name, referenced, referencing, attribute, hierarchical, cascade, stated, kind, origin, origin_note)
    VALUES (:schema_name, :referenced, :referencing, :attribute, :hierarchical, :cascade, :stated, :kind, :origin, :origin_note)
    ON CONFLICT (schema_name) DO UPDATE SET
      schema_name = excluded.schema_name, referenced = excluded.referenced, referencing = excluded.referencing, attribute = excluded.attribute, hierarchical = excluded.hierarchical,
      cascade = excluded.cascade, stated = excluded.stated, kind = excluded.kind, origin = excluded.origin, origin_note = excluded.origin_note`),
  dropRelationships: connection.statement<[string]>(
    'DELETE FROM _relationship WHERE lower(schema_name) NOT IN (SELECT value FROM json_each(?))',
  ),
  putManyToMany: connection.statement<{
    schema_name: string
    intersect_table: string
    first_table: string
    second_table: string
    origin: string
  }>(`
    INSERT INTO _many_to_many VALUES (:schema_name, :intersect_table, :first_table, :second_table, :origin)
    ON CONFLICT (schema_name) DO UPDATE SET
      schema_name = excluded.schema_name, intersect_table = excluded.intersect_table, first_table = excluded.first_table, second_table = excluded.second_table, origin = excluded.origin`),
  dropManyToMany: connection.statement<[string]>(
    'DELETE FROM _many_to_many WHERE lower(schema_name) NOT IN (SELECT value FROM json_each(?))',
  ),
  setCascade: connection.statement<{ number: number; cascade: string; stated: string }>(
    'UPDATE _relationship SET cascade = :cascade, stated = :stated WHERE number = :number',
  ),
})

export function modelVersion(connection: Connection): number {
  return reading(connection).version.get()?.value ?? 0
}

/** @throws ENVIRONMENT_UNUSABLE if the stored model is not one that was written here */
export function readModel(connection: Connection): CompiledModel {
  const sql = reading(connection)
  const columns = Map.groupBy(readColumns(connection), ({ row }) => row.table_number)
  const tables = checkedRows(connection, '_table', tableRow, sql.tables.all()).map((row) => ({
    number: row.number,
    definition: toTable(row, columns.get(row.number) ?? []),
  }))
  const relationships = checkedRows(connection, '_relationship', relationshipRow, sql.relationships.all()).map((row) => ({
    number: row.number,
    definition: toRelationship(row),
  }))
  const manyToMany = checkedRows(connection, '_many_to_many', manyToManyRow, sql.manyToMany.all()).map((row) => ({
    schemaName: row.schema_name,
    intersectTable: row.intersect_table,
    firstTable: row.first_table,
    secondTable: row.second_table,
    origin: row.origin,
  }))
  return new CompiledModel(modelVersion(connection), tables, relationships, manyToMany)
}

interface ReadColumn {
  row: ColumnRow
  options: ColumnDefinition['options']
}

const readColumns = (connection: Connection): ReadColumn[] =>
  checkedRows(connection, '_column', columnRow, reading(connection).columns.all()).map((row) => {
    if (row.options === NO_OPTIONS) return { row, options: [] }
    const options = columnOptions.safeParse(row.options)
    if (!options.success) throw contentInvalid(connection, '_column', 'options', row.options)
    return { row, options: options.data }
  })

const NO_OPTIONS = '[]'

/** Stores this as the whole model and adjusts the tables of records, in one transaction. Never removes tables or data. */
export function writeModel(connection: Connection, model: ModelDefinition): void {
  for (const table of model.tables) {
    checkName(table.logicalName, storeText.tableNameRefused)
    for (const { logicalName } of table.columns)
      checkName(logicalName, ({ name }) => storeText.columnNameRefused({ name, table: table.logicalName }))
  }
  connection.write(() => {
    const sql = writing(connection)
    const before = readModel(connection)
    for (const table of model.tables) renameKeys(connection, before.findTable(table.logicalName)?.definition, completeTable(table))
    for (const table of model.tables) writeTable(sql, completeTable(table))
    const kept = JSON.stringify(model.relationships.map(({ schemaName }) => schemaName.toLowerCase()))
    sql.dropRelationships.run(kept)
    for (const relationship of model.relationships) sql.putRelationship.run(toRelationshipRow(relationship))
    for (const { schemaName, intersectTable, firstTable, secondTable, origin } of model.manyToMany) {
      checkName(intersectTable, storeText.tableNameRefused)
      sql.putManyToMany.run({
        schema_name: schemaName,
        intersect_table: intersectTable,
        first_table: firstTable,
        second_table: secondTable,
        origin,
      })
    }
    const intersects = JSON.stringify(model.manyToMany.map(({ schemaName }) => schemaName.toLowerCase()))
    sql.dropManyToMany.run(intersects)
    sql.raiseVersion.run()
    syncSchema(connection, readModel(connection))
    for (const table of model.tables) keepNames(connection, before.findTable(table.logicalName)?.definition, completeTable(table))
  })
  connection.metadataChanged()
}

export function writeCascade(connection: Connection, { number, definition }: CompiledRelationship, cascade: CascadeConfiguration): void {
  connection.write(() => {
    const sql = writing(connection)
    sql.setCascade.run({ number, cascade: JSON.stringify(cascade), stated: JSON.stringify(definition.stated) })
    sql.raiseVersion.run()
    syncSchema(connection, readModel(connection))
  })
  connection.metadataChanged()
}

function writeTable(sql: ReturnType<typeof writing>, table: TableDefinition): void {
  const number = sql.putTable.get({
    logical_name: table.logicalName,
    schema_name: table.schemaName,
    display_name: table.displayName,
    ownership: table.ownership,
    mergeable: Number(table.mergeable),
    active_state: table.activeState,
    primary_id: table.primaryId,
    primary_name: table.primaryName,
    is_activity: Number(table.isActivity),
    origin: table.origin,
    origin_note: table.originNote && storedMessage(table.originNote),
  })?.number
  if (number === undefined) return
  sql.clearColumns.run(number)
  table.columns.forEach((column, ordinal) => {
    sql.putColumn.run({
      table_number: number,
      ordinal,
      logical_name: column.logicalName,
      display_name: column.displayName,
      type: column.type,
      source_type: column.sourceType,
      required: REQUIRED_LEVELS.indexOf(column.requiredLevel) as ColumnRow['required'],
      max_length: column.maxLength,
      options: JSON.stringify(column.options),
    })
  })
}

function toTable(row: TableRow, columns: ReadColumn[]): TableDefinition {
  return {
    logicalName: row.logical_name,
    schemaName: row.schema_name,
    displayName: row.display_name,
    ownership: row.ownership,
    mergeable: row.mergeable === 1,
    activeState: row.active_state,
    primaryId: row.primary_id,
    primaryName: row.primary_name,
    isActivity: row.is_activity === 1,
    origin: row.origin,
    originNote: row.origin_note === null ? null : readStoredMessage(row.origin_note),
    columns: columns.map(({ row: column, options }) => ({
      logicalName: column.logical_name,
      displayName: column.display_name,
      type: column.type,
      sourceType: column.source_type,
      requiredLevel: REQUIRED_LEVELS[column.required],
      maxLength: column.max_length,
      options,
    })),
  }
}

function toRelationship(row: RelationshipRow): RelationshipDefinition {
  return {
    schemaName: row.schema_name,
    referenced: row.referenced,
    referencing: row.referencing,
    attribute: row.attribute,
    hierarchical: row.hierarchical === 1,
    cascade: row.cascade,
    stated: row.stated,
    kind: row.kind,
    origin: row.origin,
    originNote: row.origin_note === null ? null : readStoredMessage(row.origin_note),
  }
}

const toRelationshipRow = (relationship: RelationshipDefinition): Omit<StoredRelationship, 'number'> => ({
  schema_name: relationship.schemaName,
  referenced: relationship.referenced,
  referencing: relationship.referencing,
  attribute: relationship.attribute,
  hierarchical: Number(relationship.hierarchical),
  cascade: JSON.stringify(relationship.cascade),
  stated: JSON.stringify(relationship.stated),
  kind: relationship.kind,
  origin: relationship.origin,
  origin_note: relationship.originNote && storedMessage(relationship.originNote),
})
