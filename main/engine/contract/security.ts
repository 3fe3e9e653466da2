import type { RecordRef } from './records.ts'

/** Users and teams: plain data. */

/** Input that states an owner: a user or team by reference, by GUID, or by a name that nobody else has. */
export type OwnerInput = string | RecordRef

export interface Principal extends RecordRef {
  table: 'systemuser' | 'team'
  name: string
  businessUnit: string | null
  disabled: boolean
}
