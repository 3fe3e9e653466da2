import { FEATURES } from '../format/commerce.ts'
import { writtenValues } from '../format/records.ts'
import { choice, dictionaryOf, fields, flag, listOf, pattern, type Shape, text, wholeNumber } from '../shape.ts'
import { asStated, defineExpectation } from './expectation.ts'

const count = wholeNumber(0)
const name = text('a name')

const absentOrValues: Shape<unknown> = (node) => (node.kind === 'mapping' ? writtenValues(node) : choice('absent')(node))

const byFeature = dictionaryOf('headquarters or a channel: true or false', flag)

const STAGING_TABLES = [
  'RETAILASYNCCUSTOMERV2',
  'RETAILASYNCADDRESSV2',
  'RETAILASYNCCUSTOMERCONTACT',
  'RETAILASYNCCUSTOMERAFFILIATION',
  'RETAILASYNCCUSTOMERATTRIBUTEV2',
] as const

const SHAPES: Record<string, Shape<unknown>> = {
  path: choice('Sync', 'Async', 'AsyncFallback'),
  realTimeCalls: fields('realTimeCalls', {}, { count, reasons: listOf('regular expressions', pattern) }),
  feature: fields('feature', {}, Object.fromEntries(FEATURES.map((feature) => [feature, byFeature]))),
  customer: dictionaryOf(
    'customers',
    fields(
      'a customer',
      {},
      {
        stage: choice('Created', 'Uploaded', 'Staged', 'Converted', 'Returned', 'Failed'),
        account: pattern,
        shown: name,
        headquarters: absentOrValues,
        visibleIn: listOf('channels', name),
      },
    ),
  ),
  staging: listOf(
    'staging',
    fields('staging', { table: choice(...STAGING_TABLES), database: name, equals: count }, { where: writtenValues }),
  ),
  sessions: listOf('sessions', fields('a session', {}, { job: name, channel: name, state: name })),
  syncStatus: listOf(
    'operations',
    fields(
      'an operation',
      {},
      {
        customer: name,
        operation: choice('Create', 'Update', 'Deactivate'),
        table: name,
        status: choice('Pending', 'Synchronized', 'Failed'),
        error: pattern,
      },
    ),
  ),
  batch: fields('batch', {}, { processed: count, synchronized: count, failed: count, pending: count }),
  conflicts: listOf(
    'conflicts',
    fields('a conflict', {}, { customer: name, column: name, headquarters: anything, channel: anything, applied: anything }),
  ),
}

function anything(node: Parameters<Shape<unknown>>[0]): unknown {
  return node
}

/** Expectations about asynchronous customers. Their shape is checked; comparing them is not supported yet. */
export const COMMERCE_EXPECTATIONS = Object.entries(SHAPES).map(([key, shape]) => defineExpectation({ key, shape, check: asStated }))
