import { recordNotFound } from '../errors.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import { describeRow, rowExists } from '../store/rows.ts'
import { checkMerge } from './merge-checks.ts'
import type { ResolvedRequest } from './request.ts'

/** What must still hold when a plan is applied: its root exists, a merge's preconditions are met. */
export function checkRequest(connection: Connection, model: CompiledModel, request: ResolvedRequest): void {
  if (!rowExists(connection, request.table, request.root)) throw recordNotFound(request.table.definition.logicalName, describeRow(connection, request.table, request.root).id)
  if (request.operation === 'Merge') checkMerge(connection, model, request)
}
