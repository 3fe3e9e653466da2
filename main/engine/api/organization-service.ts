import { serviceText } from '#text/english/service'
import type { CascadeRequest } from '../contract/cascades.ts'
import { inputInvalid, shortened } from '../contract/errors.ts'
import type { LinkMessage } from '../contract/links.ts'
import type { RecordInput, RecordRef } from '../contract/records.ts'
import type { AccessRight, OwnerInput } from '../contract/security.ts'
import { ACCESS_RIGHTS } from '../contract/security.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { requireRight } from '../operations/authorize.ts'
import type { Work } from '../operations/context.ts'
import { workOf } from '../operations/context.ts'
import { createEvent, createRecord } from '../operations/create.ts'
import { checkFree } from '../operations/holds.ts'
import { changeLinks, linkEvent, resolveLinks, rowsOfLinks, sideOf } from '../operations/links.ts'
import { runNested } from '../operations/nested-cascade.ts'
import { isAssign, splitUpdate } from '../operations/split-update.ts'
import { updateRecord, validateUpdate } from '../operations/update.ts'
import type { Call } from '../pipeline/call.ts'
import { tooDeep } from '../pipeline/failures.ts'
import type { Pipeline, ServiceCall } from '../pipeline/pipeline.ts'
import { rightsOf } from '../store/caller-rights.ts'
import { countEntityRows, type EntityPage, findEntityRow, findEntityRows, sumEntityRows } from '../store/entity-rows.ts'
import { getRow } from '../store/rows.ts'
import { objectOf, wrong } from './service-input.ts'
import { checkCount, checkSize, SERVICE_LIMITS } from './service-limits.ts'
import { columnNamed, columnsOf, conditionsOf, orderOf, pageOf } from './service-query.ts'

/**
 * Answers calls of the organization service by steps, in the transaction of the step and with the rights of its user. A failed call is
 * undone as a whole, so that a step can catch the fault and continue. Source: plug-in contract, `service`.
 */
export const organizationService: ServiceCall = (pipeline, call, method, args) => {
  if (call.user.disabled) pipeline.session.caller(call.user.id)
  checkSize(shortened(method), args)
  const reading = Object.hasOwn(READING, method) ? READING[method as keyof typeof READING] : undefined
  if (reading) return reading(workOf(pipeline), call, args)
  const writing = Object.hasOwn(WRITING, method) ? WRITING[method as keyof typeof WRITING] : undefined
  if (!writing) throw inputInvalid(serviceText.methodUnknown({ method: shortened(method) }), { method: shortened(method) })
  return write(pipeline, call, (made) => writing(workOf(pipeline), made, args))
}

function write(pipeline: Pipeline, call: Call, change: (call: Call) => unknown): unknown {
  const { session, log } = pipeline
  const { maxDepth } = session.settings
  if (call.depth > maxDepth) throw tooDeep(call.chain, maxDepth)
  pipeline.writes++
  const mark = log.size
  try {
    return session.connection.savepoint(
      () => change({ ...call, requestId: session.options.newId(), createdOnMs: session.options.now() }) as never,
    )
  } catch (error) {
    log.undoFrom(mark)
    throw error
  } finally {
    pipeline.writes++
  }
}

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────

const QUERY = ['table', 'where', 'columns', 'orderBy', 'top', 'pageSize', 'page'] as const

const READING = {
  retrieve(work: Work, { user }: Call, [name, id, columns]: unknown[]): unknown {
    const { connection, model } = work
    const table = tableOf(model, name, 'retrieve')
    const row = getRow(connection, table, guidOf(id, 'retrieve'))
    requireRight(work, user, table, row, 'Read')
    return findEntityRow(connection, model, table, row, columnsOf(table, columns, 'retrieve'))
  },

  retrieveMultiple({ connection, model }: Work, { user }: Call, [given]: unknown[]): EntityPage {
    const query = objectOf(given, 'retrieveMultiple', serviceText.query, QUERY)
    const table = tableOf(model, query.table, 'retrieveMultiple')
    const { offset, limit, isLast } = pageOf(query)
    const page = findEntityRows(
      { connection, model, table, rights: rightsOf(connection, user) },
      {
        where: conditionsOf('retrieveMultiple', table, query.where),
        columns: columnsOf(table, query.columns, 'retrieveMultiple'),
        orderBy: orderOf(table, query.orderBy),
        offset,
        limit,
      },
    )
    return { rows: page.rows, hasMore: page.hasMore && !isLast }
  },

  count({ connection, model }: Work, { user }: Call, [given]: unknown[]): number {
    const query = objectOf(given, 'count', serviceText.query, ['table', 'where'])
    const table = tableOf(model, query.table, 'count')
    return countEntityRows({ connection, model, table, rights: rightsOf(connection, user) }, conditionsOf('count', table, query.where))
  },

  sum({ connection, model }: Work, { user }: Call, [given]: unknown[]): number {
    const query = objectOf(given, 'sum', serviceText.query, ['table', 'where', 'column'])
    const { where, column } = query
    if (typeof column !== 'string') throw wrong('sum', serviceText.sumColumn, column)
    const table = tableOf(model, query.table, 'sum')
    return sumEntityRows({ connection, model, table, rights: rightsOf(connection, user) }, conditionsOf('sum', table, where), column)
  },
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────

const MERGE = ['table', 'target', 'subordinate', 'content', 'parentingCheck'] as const

const WRITING = {
  create(work: Work, call: Call, [name, columns]: unknown[]): string {
    const table = tableOf(work.model, name, 'create')
    const values = Object.entries(valuesOf(columns, 'create')).map(([column, value]) => [columnNamed(table, column), value])
    const event = createEvent(work, call, table, Object.fromEntries(values))
    work.pipeline.preValidate(event)
    return createRecord(work, event).id
  },

  update(work: Work, call: Call, [name, id, columns]: unknown[]): undefined {
    update(work, call, recordOf(name, id, 'update'), valuesOf(columns, 'update'))
  },

  delete(work: Work, call: Call, [name, id]: unknown[]): undefined {
    runNested(work, call, { operation: 'Delete', record: recordOf(name, id, 'delete') })
  },

  assign(work: Work, call: Call, [name, id, owner]: unknown[]): undefined {
    runNested(work, call, { operation: 'Assign', record: recordOf(name, id, 'assign'), to: ownerOf(owner) })
  },

  setState(work: Work, call: Call, [name, id, statecode, statuscode]: unknown[]): undefined {
    if (!Number.isInteger(statecode)) throw wrong('setState', serviceText.statecode, statecode)
    const reason = statuscode === undefined || statuscode === null ? {} : { statuscode: statuscode as number }
    update(work, call, recordOf(name, id, 'setState'), { statecode: statecode as number, ...reason })
  },

  merge(work: Work, call: Call, [request]: unknown[]): undefined {
    const { table, target, subordinate, content, parentingCheck } = objectOf(request, 'merge', serviceText.merge, MERGE)
    const merge: CascadeRequest = {
      operation: 'Merge',
      target: recordOf(table, target, 'merge'),
      subordinate: recordOf(table, subordinate, 'merge'),
      parentingCheck: parentingCheck !== false,
      ...(content === undefined || content === null ? {} : { content: valuesOf(content, 'merge') }),
    }
    runNested(work, call, merge)
  },

  associate: (work: Work, call: Call, args: unknown[]): undefined => link(work, call, 'Associate', args),
  disassociate: (work: Work, call: Call, args: unknown[]): undefined => link(work, call, 'Disassociate', args),

  grantAccess(work: Work, call: Call, [name, id, principal, rights]: unknown[]): undefined {
    const record = recordOf(name, id, 'grantAccess')
    runNested(work, call, {
      operation: 'Share',
      record,
      with: ownerOf(principal, 'grantAccess'),
      rights: rightsOfCall(rights, 'grantAccess'),
    })
  },

  modifyAccess(work: Work, call: Call, [name, id, principal, rights]: unknown[]): undefined {
    const [record, to] = [recordOf(name, id, 'modifyAccess'), ownerOf(principal, 'modifyAccess')]
    runNested(work, call, { operation: 'ModifyAccess', record, with: to, rights: rightsOfCall(rights, 'modifyAccess') })
  },

  revokeAccess(work: Work, call: Call, [name, id, principal]: unknown[]): undefined {
    runNested(work, call, { operation: 'Unshare', record: recordOf(name, id, 'revokeAccess'), with: ownerOf(principal, 'revokeAccess') })
  },
}

function rightsOfCall(value: unknown, method: string): AccessRight[] {
  const isRight = (right: unknown): right is AccessRight => ACCESS_RIGHTS.some((known) => known === right)
  if (Array.isArray(value) && value.every(isRight)) return value
  throw wrong(method, (said) => serviceText.rights({ ...said, rights: ACCESS_RIGHTS.join(', ') }), value)
}

function update(work: Work, call: Call, record: RecordRef, values: RecordInput): void {
  const table = work.model.table(record.table)
  const row = getRow(work.connection, table, record.id)
  checkFree(work.connection, table, [row], call.job?.number)
  const parts = splitUpdate(values)
  const { owner, unit, others } = parts
  if (isAssign(parts)) {
    const to = owner === undefined ? null : ownerOf(owner)
    const request: CascadeRequest = { operation: 'Assign', record, to, ...(unit ? { businessUnit: unit } : {}) }
    runNested(work, call, request, {
      otherColumns: others,
      requestContext: { requestId: call.requestId, correlationId: call.correlationId, message: 'Update', sharedVariables: {} },
    })
    return
  }
  const { values: validated, requestContext } = validateUpdate(work, call, { table, row, values: others })
  updateRecord(work, call, { table, row, values: validated }, requestContext)
}

function link(work: Work, call: Call, message: LinkMessage, [relationship, table, id, others]: unknown[]): undefined {
  const method = message === 'Associate' ? 'associate' : 'disassociate'
  if (typeof relationship !== 'string') throw wrong(method, serviceText.relationship, relationship)
  if (!Array.isArray(others)) throw wrong(method, serviceText.relatedRecords, others)
  checkCount(method, others.length, SERVICE_LIMITS.related, serviceText.tooManyRelated)
  const record = recordOf(table, id, method)
  const ends = resolveLinks(work.model, {
    relationship,
    record,
    others: others.map((other) => relatedOf(work, relationship, record, other, method)),
  })
  const { row, others: rows } = rowsOfLinks(work, ends)
  checkFree(work.connection, ends.table, [row], call.job?.number)
  checkFree(work.connection, ends.otherTable, rows, call.job?.number)
  const event = linkEvent(work, call, message, ends)
  work.pipeline.preValidate(event)
  changeLinks(work, event, message, ends)
}

/** Returns a record to be linked: a GUID of the relationship's other table, or `{ table, id }`. */
function relatedOf({ model }: Work, relationship: string, record: RecordRef, other: unknown, method: string): RecordRef {
  if (typeof other === 'string')
    return { table: sideOf(model, relationship, record).otherTable.definition.logicalName, id: other.toLowerCase() }
  const { table, id } = objectOf(other, method, serviceText.relatedRecord)
  return recordOf(table, id, method)
}

// ── What authors give ────────────────────────────────────────────────────────────────────────────

function tableOf(model: CompiledModel, name: unknown, method: string): CompiledTable {
  if (typeof name !== 'string') throw wrong(method, serviceText.table, name)
  return model.table(name)
}

function guidOf(id: unknown, method: string): string {
  if (typeof id !== 'string') throw wrong(method, serviceText.id, id)
  return id
}

function recordOf(table: unknown, id: unknown, method: string): RecordRef {
  if (typeof table !== 'string') throw wrong(method, serviceText.table, table)
  return { table, id: guidOf(id, method).toLowerCase() }
}

function valuesOf(value: unknown, method: string): RecordInput {
  const values = objectOf(value, method, serviceText.values)
  checkCount(method, Object.keys(values).length, SERVICE_LIMITS.columns, serviceText.tooManyColumns)
  return values as RecordInput
}

function ownerOf(value: unknown, method = 'assign'): OwnerInput {
  if (typeof value === 'string') return value
  const { table, id } = objectOf(value, method, serviceText.owner, ['table', 'id'])
  return recordOf(table, id, method)
}
