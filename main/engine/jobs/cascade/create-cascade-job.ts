import type { Message } from '#text/message'
import type { ResolvedRequest } from '../../cascade/planning-kind.ts'
import type { CascadeRequest } from '../../contract/cascades.ts'
import type { RequestContext } from '../../contract/engine.ts'
import { kindOf } from '../../operations/kinds/kind-of.ts'
import type { CascadeJobRow } from '../../store/cascade-jobs.ts'
import { cascadeJobStatements, getCascadeJob } from '../../store/cascade-jobs.ts'
import type { Connection } from '../../store/connection.ts'
import { guidToBytes } from '../../store/guid.ts'
import type { OwnerRow } from '../../store/owners.ts'
import { describeRow } from '../../store/rows.ts'
import { addJobMessage, insertSystemJob } from '../../store/system-jobs.ts'

interface NewCascadeJob {
  request: CascadeRequest
  resolved: ResolvedRequest
  caller: OwnerRow
  nowMs: number
  newId: () => string
  /** Why the cascade runs as a job, which is the job's first message. */
  reason: Message
  /** Ids of the request, and what its PreValidation left for later stages. */
  requestContext: RequestContext
}

/** Writes the system job of a cascade; its items follow, see prepareJob. Source: dataverse reference, section 2.7. */
export function createCascadeJob(
  connection: Connection,
  { request, resolved, caller, nowMs, newId, reason, requestContext }: NewCascadeJob,
): CascadeJobRow {
  const { operation, table, root } = resolved
  const kind = kindOf(operation)
  const regarding = describeRow(connection, table, root)
  const logicalName = table.definition.logicalName
  return connection.write(() => {
    const number = insertSystemJob(connection, {
      guid: guidToBytes(newId()),
      kind: 'cascade',
      name: kind.jobName(resolved, logicalName, regarding.id),
      operationtype: kind.operationType,
      createdon: nowMs,
      createdby: caller.row,
      ownerid: caller.row,
      owningbusinessunit: caller.businessUnit,
      regardingobjectid: root,
      regarding_guid: guidToBytes(regarding.id),
      regarding_name: regarding.name,
      primaryentitytype: logicalName,
      messagename: kind.messageName,
      depth: 1,
      correlationid: guidToBytes(requestContext.correlationId),
      requestid: guidToBytes(requestContext.requestId),
    })
    const event = JSON.stringify({
      ...(requestContext.message ? { message: requestContext.message } : {}),
      sharedVariables: requestContext.sharedVariables,
    })
    cascadeJobStatements(connection).insert.run({ job: number, operation, request: JSON.stringify(request), event, now: nowMs })
    addJobMessage(connection, number, { atMs: nowMs, level: 'information', code: null, text: reason })
    return getCascadeJob(connection, number)
  })
}
