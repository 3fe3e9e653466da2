import { z } from 'zod'
import { readStoredMessage } from '#text/stored-message'
import { CASCADE_ACTIONS, CASCADE_TYPES, COLUMN_TYPES, ORIGINS, OWNERSHIPS, REQUIRED_LEVELS } from '../contract/tables.ts'
import { flag, integer, json, name, positive } from './checked-rows.ts'

/** The rows of the model's tables, as they must be. */

const displayName = z.string().nullable()
const origin = z.enum(ORIGINS)

/** A name that the platform allows for a table, which is also that of an SQLite table. */
const tableName = z.string().regex(/^[a-z][a-z0-9_]{0,127}$/)

export const tableRow = z.object({
  number: positive,
  logical_name: tableName,
  schema_name: name,
  display_name: displayName,
  ownership: z.enum(OWNERSHIPS),
  mergeable: flag,
  active_state: integer,
  primary_id: name,
  primary_name: name.nullable(),
  is_activity: flag,
  origin,
  origin_note: z.string().nullable(),
})
export type TableRow = z.infer<typeof tableRow>

export const columnRow = z.object({
  table_number: positive,
  ordinal: positive,
  logical_name: name,
  display_name: displayName,
  type: z.enum(COLUMN_TYPES),
  source_type: z.string().nullable(),
  required: z.literal([0, 1, 2, 3]),
  /** Format 6: a file of an older one is checked before it has the column. */
  max_length: positive.nullable().default(null),
  options: z.string(),
})
export type ColumnRow = z.infer<typeof columnRow>

/** Apart from the row, which is read for each column of a model: most have no options, and reading JSON takes longest. */
const options = z.array(
  z.object({ value: integer, label: z.string().nullable(), state: integer.exactOptional(), defaultStatus: integer.exactOptional() }),
)
export const columnOptions = json(options)

const action = z.enum(CASCADE_ACTIONS)
const cascade = z.record(action, z.enum(CASCADE_TYPES))
const kind = z.enum(['data', 'ownership'])

export const relationshipRow = z.object({
  number: positive,
  schema_name: name,
  referenced: tableName,
  referencing: tableName,
  attribute: name,
  hierarchical: flag,
  cascade: json(cascade),
  stated: json(z.array(action)),
  kind,
  origin,
  origin_note: z.string().nullable(),
})
export type RelationshipRow = z.infer<typeof relationshipRow>

export const manyToManyRow = z.object({
  schema_name: name,
  intersect_table: tableName,
  first_table: tableName,
  second_table: tableName,
  origin,
})

/** A text of the catalogue with its parameters, as a source's model holds it. */
const note = z.unknown().transform((value) => (value === null || value === undefined ? null : readStoredMessage(JSON.stringify(value))))

/** What a source states of a model, as one text. */
export const modelJson = json(
  z.object({
    tables: z.array(
      z.object({
        logicalName: tableName,
        schemaName: name,
        displayName,
        ownership: z.enum(OWNERSHIPS),
        mergeable: z.boolean(),
        activeState: integer,
        primaryId: name,
        primaryName: name.nullable(),
        isActivity: z.boolean(),
        origin,
        originNote: note,
        columns: z.array(
          z.object({
            logicalName: name,
            displayName,
            type: z.enum(COLUMN_TYPES),
            sourceType: z.string().nullable(),
            requiredLevel: z.enum(REQUIRED_LEVELS),
            maxLength: positive.nullable(),
            options,
          }),
        ),
      }),
    ),
    relationships: z.array(
      z.object({
        schemaName: name,
        referenced: tableName,
        referencing: tableName,
        attribute: name,
        hierarchical: z.boolean(),
        cascade,
        stated: z.array(action),
        kind,
        origin,
        originNote: note,
      }),
    ),
    manyToMany: z.array(z.object({ schemaName: name, intersectTable: name, firstTable: tableName, secondTable: tableName, origin })),
  }),
)
