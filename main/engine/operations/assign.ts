import type { ResolvedRequest } from '../cascade/request.ts'
import type { RowNumber } from '../loader.ts'
import { setOwner } from '../store/changes.ts'
import type { OperationContext, RowSet } from './context.ts'

type Assign = Extract<ResolvedRequest, { operation: 'Assign' }>

/**
 * Gives the rows their new owner, whatever owner they have by now. Rows that are gone are passed over; the answer counts
 * those that were there. Source: dataverse reference, sections 1.7 and 2.3.
 */
export function assignRows({ connection, settings, request, change }: OperationContext<Assign>, { table, rows }: RowSet): number {
  return setOwner(connection, table, rows, request.owner.row, newUnit(settings, request.owner.businessUnit), change)
}

/** The owner's business unit goes with the owner, except across business units with the move switched off. Section 1.8. */
function newUnit({ matrixOwnership, alwaysMoveRecordToOwnerBusinessUnit }: OperationContext['settings'], unit: RowNumber | null): RowNumber | null | undefined {
  return matrixOwnership && !alwaysMoveRecordToOwnerBusinessUnit ? undefined : unit
}
