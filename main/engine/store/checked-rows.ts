import { z } from 'zod'
import type { Connection } from './connection.ts'
import { contentInvalid } from './unusable.ts'

/** What is read from a file is checked like input: somebody else may have made it, and it may be damaged. */

/**
 * Returns rows of a system table in the shape that they must have.
 * @throws ENVIRONMENT_UNUSABLE that names the column of the first value that does not fit
 */
export function checkedRows<Row>(connection: Connection, table: string, shape: z.ZodType<Row>, rows: readonly object[]): Row[] {
  return rows.map((row) => checkedRow(connection, table, shape, row))
}

/** The same for one row. */
export function checkedRow<Row>(connection: Connection, table: string, shape: z.ZodType<Row>, row: object): Row {
  const checked = shape.safeParse(row)
  if (checked.success) return checked.data
  const column = String(checked.error.issues[0]?.path[0] ?? '')
  throw contentInvalid(connection, table, column, (row as Record<string, unknown>)[column])
}

/** A whole number that JavaScript holds exactly. */
export const integer = z.int()
export const positive = z.int().min(0)
export const flag = z.int().min(0).max(1)
export const guid = z.custom<Buffer>((value) => value instanceof Uint8Array && value.length === 16)

/** The greatest distance from 1970 that a date can have, in milliseconds. */
export const LAST_MS = 8_640_000_000_000_000
export const timeMs = z.int().min(-LAST_MS).max(LAST_MS)

/** A name of the model. */
export const name = z.string().min(1).max(500)

/** A text that holds JSON, read as this shape. */
export const json = <T>(shape: z.ZodType<T>) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom' })
        return z.NEVER
      }
    })
    .pipe(shape)

/** A text that holds JSON of this shape, and stays a text. */
export const jsonText = (shape: z.ZodType) => z.string().refine((text) => json(shape).safeParse(text).success)
