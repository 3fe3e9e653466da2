import { identifyPresent } from '../store/identities.ts'
import type { CascadeScope, OperationContext } from './context.ts'
import type { PlannedRecord } from './kinds/operation-kind.ts'

/**
 * Applies an operation to one record with the steps that listen. Returns whether there was anything to do: a row may be gone, or
 * changed, since it was planned.
 */
export function applyRecord(context: OperationContext, scope: CascadeScope, record: PlannedRecord): boolean {
  return Boolean(identifyPresent(context.connection, record.table, record.row)) && context.kind.applyRecord(context, scope, record)
}
