import type { RecordRef } from './records.ts'

/** Users and teams: plain data. */

export interface Principal extends RecordRef {
  table: 'systemuser' | 'team'
  name: string
  businessUnit: string | null
  disabled: boolean
}
