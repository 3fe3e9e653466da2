import type { FieldInput } from './records.ts'

/** How a query compares a column with a value. Source: plug-in contract, "Queries". */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'like'

/** A condition of a query, checked in shape; whether the values fit the columns shows when it is run. */
export type EntityCondition =
  | { column: string; operator: Comparison; value: FieldInput }
  | { column: string; operator: 'in' | 'notIn'; values: FieldInput[] }
  | { column: string; operator: 'isNull'; value: boolean }
  /** One of several lists of conditions is met. */
  | { anyOf: EntityCondition[][] }
