/** Records, their values, and how they are searched: plain data. */

export interface RecordRef {
  table: string
  /** GUID, lower case. */
  id: string
}

/** A lookup's value; `name` is the primary name of the row it points to, `null` if that row does not exist. */
export interface LookupValue extends RecordRef {
  name: string | null
}

/** A stored value that its column cannot have, shown as it is, shortened: the file was damaged, or changed by another program. */
export interface DamagedValue {
  damaged: string
}

/** A value of a column for callers. Dates are ISO strings in UTC. */
export type FieldValue = string | number | boolean | null | LookupValue | number[] | DamagedValue

export const isDamaged = (value: FieldValue | undefined): value is DamagedValue =>
  typeof value === 'object' && value !== null && 'damaged' in value

export type RecordValues = Record<string, FieldValue>

/** Input to create and update. A lookup is given as a reference; `ownerid` also takes a user's or team's name. */
export type FieldInput = string | number | boolean | null | RecordRef | number[]

export type RecordInput = Record<string, FieldInput>

export interface RecordRow extends RecordRef {
  values: RecordValues
}

export interface RecordFilter {
  column: string
  operator: 'equals' | 'notEquals' | 'contains' | 'beginsWith' | 'isNull' | 'isNotNull' | 'greaterThan' | 'lessThan'
  value?: FieldInput
}

export interface RecordQuery {
  table: string
  /** Text to find anywhere in the primary name, ignoring case. */
  search?: string
  filters?: RecordFilter[]
  sort?: { column: string; direction: 'ascending' | 'descending' }
  /** Position of the first row; rows are in creation order unless sorted. */
  offset: number
  /** 1 to 1,000. */
  limit: number
}

export interface RecordPage {
  rows: RecordRow[]
  /** Number of all matching rows. `exact` is false if counting stopped at a limit. */
  total: number
  exact: boolean
}
