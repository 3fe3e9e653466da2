import { recordNotFound } from '../contract/errors.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import { describeRow, rowExists } from '../store/rows.ts'
import { checkMerge } from './merge-checks.ts'
import type { ResolvedRequest } from './request.ts'

/** Checks, before a plan is applied, that its rows exist and a merge's preconditions are met. */
export function checkRequest(connection: Connection, model: CompiledModel, request: ResolvedRequest): void {
  for (const row of request.operation === 'Merge' ? [request.root, request.target] : [request.root])
    if (!rowExists(connection, request.table, row))
      throw recordNotFound(request.table.definition.logicalName, describeRow(connection, request.table, row).id)
  if (request.operation === 'Merge') checkMerge(connection, model, request)
}
