import type { ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import type { EventSeed } from '../../contract/engine.ts'
import { kindOf } from '../../operations/kinds/kind-of.ts'
import type { Connection } from '../../store/connection.ts'
import { guidToBytes } from '../../store/guid.ts'
import type { JobRow } from '../../store/jobs.ts'
import { addJobMessage, jobStatements } from '../../store/jobs.ts'
import type { OwnerRow } from '../../store/rows.ts'
import { describeRow } from '../../store/rows.ts'
import { codesOf, jobName } from '../states.ts'

interface NewJob {
  request: CascadeRequest
  resolved: ResolvedRequest
  caller: OwnerRow
  nowMs: number
  newId: () => string
  reason: string
  /** Ids of the request, and what its PreValidation left for later stages. */
  seed: EventSeed
}

/** Writes the system job of a cascade; its items follow, see prepareJob. Source: dataverse reference, section 2.7. */
export function createJob(connection: Connection, { request, resolved, caller, nowMs, newId, reason, seed }: NewJob): JobRow {
  const { operation, table, root } = resolved
  const regarding = describeRow(connection, table, root)
  const logicalName = table.definition.logicalName
  return connection.write(() => {
    const { number } = jobStatements(connection).insert.get({
      guid: guidToBytes(newId()),
      name: jobName(operation, logicalName, regarding.id),
      operation,
      operationtype: kindOf(operation).operationType,
      ...codesOf('Waiting'),
      createdon: nowMs,
      modifiedon: nowMs,
      createdby: caller.row,
      ownerid: caller.row,
      owningbusinessunit: caller.businessUnit,
      regardingobjectid: root,
      regarding_guid: guidToBytes(regarding.id),
      regarding_name: regarding.name,
      primaryentitytype: logicalName,
      messagename: operation,
      depth: 1,
      correlationid: guidToBytes(seed.correlationId),
      requestid: guidToBytes(seed.requestId),
      request: JSON.stringify(request),
      event: JSON.stringify({ ...(seed.message ? { message: seed.message } : {}), sharedVariables: seed.sharedVariables }),
    }) as { number: number }
    addJobMessage(connection, number, { atMs: nowMs, level: 'information', code: null, text: reason })
    return jobStatements(connection).byNumber.get(number) as JobRow
  })
}
