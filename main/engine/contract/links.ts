import type { LookupValue, RecordRef } from './records.ts'

/** Links of N:N relationships: plain data. */

/** Links between a record and others. Of a relationship of a table with itself, a link has no direction. */
export interface LinkRequest {
  /** Schema name of an N:N relationship. */
  relationship: string
  record: RecordRef
  /** Records of the other table of the relationship. */
  others: RecordRef[]
}

export type LinkMessage = 'Associate' | 'Disassociate'

export interface LinkQuery {
  relationship: string
  record: RecordRef
  offset: number
  /** 1 to 1,000. */
  limit: number
}

/** Records that are linked with one, in the order of their creation. */
export interface LinkPage {
  records: LookupValue[]
  total: number
}
