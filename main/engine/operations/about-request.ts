import type { CascadeRequest } from '../contract/cascades.ts'
import { aboutRecord } from '../contract/errors.ts'
import type { LookupValue } from '../contract/records.ts'
import { findRecord, findRow } from '../store/rows.ts'
import type { Work } from './context.ts'
import { kindOf } from './kinds/kind-of.ts'

type Reading = Pick<Work, 'connection' | 'model'>

/** Runs work on a request. A failure that names no record is then about the one that the request asks to change. */
export function aboutRequest<T>(reading: Reading, request: CascadeRequest, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw aboutRecord(error, () => requestedRecord(reading, request))
  }
}

function requestedRecord({ connection, model }: Reading, request: CascadeRequest): LookupValue | null {
  const requested = kindOf(request.operation).requested(request)
  if (requested === null) return null
  const { table: name, id } = requested
  const table = model.findTable(name)
  const row = table && findRow(connection, table, id)
  return table && row !== undefined ? findRecord(connection, table, row) : { table: name, id, name: null }
}
