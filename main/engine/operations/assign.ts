import type { ResolvedRequest } from '../cascade/request.ts'
import { movesToOwnersUnit } from '../settings.ts'
import { setOwner } from '../store/changes.ts'
import type { OperationContext, RowSet } from './context.ts'

type Assign = Extract<ResolvedRequest, { operation: 'Assign' }>

/**
 * Gives the rows their new owner, whatever owner they have by now. Rows that are gone are passed over; the answer counts
 * those that were there. Source: dataverse reference, sections 1.7 and 2.3.
 */
export function assignRows({ connection, settings, request, change }: OperationContext<Assign>, { table, rows }: RowSet): number {
  const unit = movesToOwnersUnit(settings) ? request.owner.businessUnit : undefined
  return setOwner(connection, table, rows, request.owner.row, unit, change)
}
