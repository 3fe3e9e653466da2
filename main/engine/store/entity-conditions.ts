import { storeText } from '#text/english/store'
import type { Comparison, EntityCondition } from '../contract/entity-query.ts'
import { columnUnknown, inputInvalid } from '../contract/errors.ts'
import type { FieldInput } from '../contract/records.ts'
import type { ColumnDefinition } from '../contract/tables.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { isLookup, isReadable } from './columns.ts'
import type { Connection } from './connection.ts'
import { quoted } from './connection.ts'
import type { StoredRow, StoredValue } from './values.ts'
import { toStored } from './values.ts'

/** A part of a statement with the values of its parameters. */
export interface Sql {
  sql: string
  values: StoredValue[]
}

/** What the conditions are about. */
export interface Subject {
  connection: Connection
  model: CompiledModel
  table: CompiledTable
}

/** Characters of a pattern. SQLite compares a long one slowly. */
const LONGEST_PATTERN = 500

/**
 * Converts conditions that must all be met to SQL. Conditions in another order give the same text, so that such queries share one
 * statement. Texts are compared without regard to case, as on the platform; a row without a value is unequal to every value.
 * @throws INPUT_INVALID for an unknown column, and for a value or an operator that does not fit it
 */
export function conditionsToSql(subject: Subject, conditions: readonly EntityCondition[]): Sql {
  if (conditions.length === 0) return { sql: '1', values: [] }
  const parts = conditions.map((condition) => conditionToSql(subject, condition)).sort((a, b) => (a.sql < b.sql ? -1 : 1))
  return joined(parts, ' AND ')
}

const joined = (parts: readonly Sql[], by: ' AND ' | ' OR '): Sql => ({
  sql: parts.length === 1 ? (parts[0] as Sql).sql : `(${parts.map(({ sql }) => sql).join(by)})`,
  values: parts.flatMap(({ values }) => values),
})

function conditionToSql(subject: Subject, condition: EntityCondition): Sql {
  if ('anyOf' in condition)
    return joined(
      condition.anyOf.map((each) => conditionsToSql(subject, each)),
      ' OR ',
    )
  const column = readableColumn(subject, condition.column)
  const name = quoted(condition.column)
  switch (condition.operator) {
    case 'isNull':
      return { sql: `${name} ${condition.value ? 'IS' : 'IS NOT'} NULL`, values: [] }
    case 'in':
    case 'notIn':
      return isAmong(subject, column, condition.values, condition.operator === 'notIn')
    case 'eq':
      return isEqual(subject, column, condition.value)
    case 'ne':
      return negated(isEqual(subject, column, condition.value))
    case 'like':
      return isLike(column, condition.value)
    default:
      return compares(subject, column, condition.operator, condition.value)
  }
}

const negated = ({ sql, values }: Sql): Sql => ({ sql: `NOT (${sql})`, values })

/** `IS` takes an empty value for equal to an empty one, so that a row without a value is unequal to every other value. */
function isEqual(subject: Subject, column: ColumnDefinition, value: FieldInput): Sql {
  const stored = toComparable(subject, column, value)
  const names = Object.keys(stored).sort()
  return joined(
    names.map((name) => ({ sql: `${quoted(name)} IS ?${collation(column)}`, values: [stored[name] ?? null] })),
    ' AND ',
  )
}

function isAmong(subject: Subject, column: ColumnDefinition, values: readonly FieldInput[], isOutside: boolean): Sql {
  if (values.length === 0) return { sql: isOutside ? '1' : '0', values: [] }
  const among = joined(
    values.map((value) => isEqual(subject, column, value)),
    ' OR ',
  )
  return isOutside ? negated(among) : among
}

function isLike(column: ColumnDefinition, value: FieldInput): Sql {
  if (!isText(column)) throw doesNotCompare(column, 'like')
  if (typeof value !== 'string' || value.length > LONGEST_PATTERN)
    throw inputInvalid(storeText.pattern({ column: column.logicalName, most: LONGEST_PATTERN }), { column: column.logicalName })
  // A character in brackets stands for itself.
  const pattern = value.replace(/\\/g, '\\\\').replace(/\[([%_[])\]/g, '\\$1')
  return { sql: `${quoted(column.logicalName)} LIKE ? ESCAPE '\\'`, values: [pattern] }
}

const SIGNS: Record<Exclude<Comparison, 'eq' | 'ne' | 'like'>, string> = { gt: '>', ge: '>=', lt: '<', le: '<=' }

function compares(subject: Subject, column: ColumnDefinition, operator: keyof typeof SIGNS, value: FieldInput): Sql {
  if (isLookup(column.type) || !IS_ORDERED.has(column.type)) throw doesNotCompare(column, operator)
  if (value === null)
    throw inputInvalid(storeText.comparedWithNothing({ column: column.logicalName, operator }), { column: column.logicalName })
  const [stored = null] = Object.values(toComparable(subject, column, value))
  return { sql: `${quoted(column.logicalName)} ${SIGNS[operator]} ?${collation(column)}`, values: [stored] }
}

const TEXTS: ReadonlySet<string> = new Set(['String', 'Memo'])
const NUMBERS: ReadonlySet<string> = new Set(['Integer', 'BigInt', 'Decimal', 'Double', 'Money'])
const IS_ORDERED: ReadonlySet<string> = new Set([...TEXTS, ...NUMBERS, 'DateTime', 'Choice', 'State', 'Status'])

/** Returns a column that holds numbers, which can be added up. @throws INPUT_INVALID for another one */
export function numberColumn(subject: Subject, name: string): ColumnDefinition {
  const column = readableColumn(subject, name)
  if (!NUMBERS.has(column.type)) throw inputInvalid(storeText.notANumber({ column: name, type: column.type }), { column: name })
  return column
}

const isText = ({ type }: ColumnDefinition): boolean => TEXTS.has(type)

const collation = (column: ColumnDefinition): string => (isText(column) ? ' COLLATE NOCASE' : '')

const doesNotCompare = ({ logicalName, type }: ColumnDefinition, operator: string) =>
  inputInvalid(storeText.doesNotCompare({ column: logicalName, type, operator }), { column: logicalName, operator })

function readableColumn({ model, table }: Subject, name: string): ColumnDefinition {
  const column = model.column(table, name)
  if (!isReadable(table, name)) throw columnUnknown(table.definition.logicalName, name)
  return column
}

/** Converts a value for comparison. A lookup to a missing row matches nothing, which is not an error. */
function toComparable({ connection, model, table }: Subject, column: ColumnDefinition, value: FieldInput): StoredRow {
  try {
    return toStored(connection, model, table, column, value)
  } catch (error) {
    if (isLookup(column.type) && error instanceof Error && 'code' in error && error.code === 'RECORD_NOT_FOUND')
      return { [column.logicalName]: -1 }
    throw error
  }
}
