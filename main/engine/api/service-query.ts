import { serviceText } from '#text/english/service'
import type { Comparison, EntityCondition } from '../contract/entity-query.ts'
import { inputInvalid, shortened } from '../contract/errors.ts'
import type { FieldInput } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import { didYouMean, listed } from '../model/nearest.ts'
import type { ColumnSet } from '../store/entity-rows.ts'
import { type Given, objectOf, wrong } from './service-input.ts'
import { checkCount, SERVICE_LIMITS } from './service-limits.ts'

/** The most rows of one page, as on the platform. */
export const LARGEST_PAGE = 5_000

const COMPARISONS: readonly Comparison[] = ['ne', 'gt', 'ge', 'lt', 'le', 'like']
const OPERATORS = [...COMPARISONS, 'in', 'notIn', 'isNull'] as const

/** A page of `retrieveMultiple`: how many rows before it are left out, and how many it may hold. */
export interface Page {
  offset: number
  limit: number
  /** Whether rows after the page count as more records; not where `top` ends with it. */
  isLast: boolean
}

/** Returns the page that `top`, `pageSize` and `page` ask for. @throws INPUT_INVALID */
export function pageOf({ top, pageSize, page }: Given): Page {
  for (const [name, value] of Object.entries({ top, pageSize, page }))
    if (value !== undefined && !(Number.isSafeInteger(value) && (value as number) >= 1))
      throw wrong('retrieveMultiple', (call) => serviceText.wholeNumber({ ...call, name }), value)
  const size = (pageSize as number | undefined) ?? LARGEST_PAGE
  if (size > LARGEST_PAGE) throw wrong('retrieveMultiple', (call) => serviceText.pageSize({ ...call, most: LARGEST_PAGE }), pageSize)
  const offset = (((page as number | undefined) ?? 1) - 1) * size
  const left = top === undefined ? Number.POSITIVE_INFINITY : (top as number) - offset
  return { offset, limit: Math.max(0, Math.min(size, left)), isLast: left <= size }
}

/** Returns the conditions of `where`. A key that is no operator is refused with the nearest one. @throws INPUT_INVALID */
export function conditionsOf(method: string, table: CompiledTable, where: unknown): EntityCondition[] {
  if (where === undefined) return []
  const conditions = listOf(method, table, where)
  checkCount(method, sizeOf(conditions), SERVICE_LIMITS.conditions, serviceText.tooManyConditions)
  return conditions
}

function listOf(method: string, table: CompiledTable, where: unknown): EntityCondition[] {
  return Object.entries(objectOf(where, method, serviceText.where)).flatMap(([key, value]) => {
    if (key !== 'or') return columnConditions(method, columnNamed(table, key), value)
    if (!Array.isArray(value) || value.length === 0) throw wrong(method, serviceText.or, value)
    return [{ anyOf: value.map((each) => listOf(method, table, each)) }]
  })
}

const sizeOf = (conditions: readonly EntityCondition[]): number =>
  conditions.reduce((sum, each) => sum + ('anyOf' in each ? each.anyOf.reduce((inner, one) => inner + sizeOf(one), 1) : countOf(each)), 0)

const countOf = (condition: object): number => ('values' in condition && Array.isArray(condition.values) ? condition.values.length : 1)

/** A value means equality; a mapping that is no reference to a record holds operators, all of which must be met. */
function columnConditions(method: string, column: string, value: unknown): EntityCondition[] {
  if (value === undefined) throw inputInvalid(serviceText.undefinedValue({ method, column: shortened(column) }), { method })
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isReference(value))
    return [{ column, operator: 'eq', value: value as FieldInput }]
  const operators = Object.entries(value)
  if (operators.length === 0) throw wrong(method, (call) => serviceText.noOperator({ ...call, known: listed(OPERATORS) }), value)
  return operators.map(([operator, operand]) => operatorCondition(method, column, operator, operand))
}

function operatorCondition(method: string, column: string, operator: string, operand: unknown): EntityCondition {
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(operand)) throw wrong(method, (call) => serviceText.list({ ...call, operator }), operand)
    return { column, operator, values: operand as FieldInput[] }
  }
  if (operator === 'isNull') {
    if (typeof operand !== 'boolean') throw wrong(method, serviceText.isNull, operand)
    return { column, operator, value: operand }
  }
  const known = COMPARISONS.find((each) => each === operator)
  if (!known)
    throw inputInvalid(
      serviceText.operatorUnknown({
        method,
        operator: shortened(operator),
        column: shortened(column),
        meant: didYouMean(operator, OPERATORS),
        known: listed(OPERATORS),
      }),
      { method, key: shortened(operator) },
    )
  if (operand === undefined) throw inputInvalid(serviceText.undefinedValue({ method, column: shortened(column) }), { method })
  return { column, operator: known, value: operand as FieldInput }
}

const isReference = (value: object): boolean => 'table' in value && 'id' in value

/** Every row has `id` beside its table's own key, so that queries may call the key by it too. */
export const columnNamed = ({ columns, definition }: CompiledTable, name: string): string =>
  name === 'id' && !columns.has('id') ? definition.primaryId : name

/** Returns the columns that a call names; all columns if it names none. @throws INPUT_INVALID */
export function columnsOf(table: CompiledTable, value: unknown, method: string): ColumnSet {
  if (value === undefined || value === null || value === true) return true
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) throw wrong(method, serviceText.columns, value)
  checkCount(method, value.length, SERVICE_LIMITS.columns, serviceText.tooManyColumns)
  return (value as string[]).map((name) => columnNamed(table, name))
}

/** Returns the columns by which a query is ordered. @throws INPUT_INVALID */
export function orderOf(table: CompiledTable, value: unknown): { column: string; descending: boolean }[] {
  if (value === undefined || value === null) return []
  const parts: unknown[] = Array.isArray(value) ? value : [value]
  checkCount('retrieveMultiple', parts.length, SERVICE_LIMITS.orders, serviceText.tooManyOrders)
  return parts.map((part) => {
    if (typeof part === 'string') return { column: columnNamed(table, part.replace(/ (asc|desc)$/i, '')), descending: / desc$/i.test(part) }
    const { column, descending } = objectOf(part, 'retrieveMultiple', serviceText.orderBy, ['column', 'descending'])
    if (typeof column !== 'string') throw wrong('retrieveMultiple', serviceText.orderByColumn, part)
    if (descending !== undefined && typeof descending !== 'boolean') throw wrong('retrieveMultiple', serviceText.descending, descending)
    return { column: columnNamed(table, column), descending: descending === true }
  })
}
