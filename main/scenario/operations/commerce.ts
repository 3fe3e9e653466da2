import { inEnglish } from '#text/english'
import type { CommerceOperation, CommerceOperations, OperationAnswer } from '../../commerce/api/operations.ts'
import { ENTITIES, type EntityName, findColumn, type Values } from '../../commerce/model/columns.ts'
import { BATCHES, type EXCHANGE_JOBS } from '../../commerce/model/exchange.ts'
import { FEATURES } from '../../commerce/model/features.ts'
import { refused } from '../../commerce/refused.ts'
import { anyNode, readAffiliations, readAttributes, readContacts, readCustomer, readValues } from '../commerce-values.ts'
import { exchangeJob, MOST_MINUTES } from '../format/commerce.ts'
import { type WrittenValues, writtenValues } from '../format/records.ts'
import type { Names } from '../names.ts'
import { invalid, type Located } from '../scenario-error.ts'
import { choice, fields, flag, located, mappingOf, orNull, type Shape, text, unknownKey, wholeNumber, withChange, word } from '../shape.ts'
import type { SourceNode } from '../source.ts'
import { defineOperation, nothingDone, type OperationResult, type StepContext } from './operation.ts'

/** What an operation does when its step comes. */
type Run = (context: StepContext) => Promise<OperationResult>

/** One operation on asynchronous customers, read from a file. */
interface Stated {
  key: string
  define(names: Names): void
  prepare(names: Names): Run
}

type Reader = (node: SourceNode) => Omit<Stated, 'key'>

const channel = located(text('a channel'))
const customer = located(word('a customer'))
const alias = located(word('an alias'))
const stepName = located(text('the name of a step'))
const job = exchangeJob
const book = text('an address book')

/** Reads the fields of an operation, and what it makes of them. */
const operation =
  <F>(shape: Shape<F>, prepare: (fields: F, names: Names) => Run, define: (fields: F, names: Names) => void = () => {}): Reader =>
  (node) => {
    const read = shape(node)
    return { define: (names) => define(read, names), prepare: (names) => prepare(read, names) }
  }

/** Returns a run that does one operation, whose arguments may name customers by their aliases. */
const doing =
  <Name extends CommerceOperation['name']>(name: Name, given: (context: StepContext) => CommerceOperations[Name]): Run =>
  async (context) =>
    resultOf(await context.workbench.operateCommerce({ name, with: given(context) } as CommerceOperation))

const resultOf = (answer: OperationAnswer): OperationResult => {
  if (answer.failure === null) return { ...nothingDone, commerce: answer }
  const { failure } = answer
  const error = { code: 'COMMERCE_REFUSED', message: inEnglish(failure), platformCode: null, platformName: null, hint: null, details: {} }
  return { ...nothingDone, outcome: 'Failed', error, commerce: answer }
}

const feature = (name: 'enableFeature' | 'disableFeature'): Reader =>
  operation(choice(...FEATURES), (key) => doing(name, () => ({ feature: key })))

/** An operation of a channel on a customer whose columns it sets. */
const address = (name: 'addAddress' | 'editAddress' | 'deactivateAddress'): Reader => {
  const common = { channel, customer, address: alias }
  const shape =
    name === 'deactivateAddress' ? fields(name, common, { set: writtenValues }) : fields(name, { ...common, set: writtenValues }, {})
  return operation(
    shape as Shape<{ channel: Located<string>; customer: Located<string>; address: Located<string>; set?: WrittenValues }>,
    (read, names) => {
      const place = { channel: names.commerce.channel(read.channel), address: read.address.value }
      const alias = names.commerce.customer(read.customer)
      if (name !== 'addAddress') names.commerce.address(alias, read.address)
      const values = withoutId(readValues(ENTITIES.address, read.set ?? []), read.set ?? [])
      return doing(name, ({ commerce }) => ({ ...place, customer: commerce.accountOf(alias), values }))
    },
    (read, names) => {
      if (name === 'addAddress') names.commerce.defineAddress(read.customer.value, read.address.value)
    },
  )
}

/** An address is told by its alias, which no column changes. */
function withoutId(values: Values, written: WrittenValues): Values {
  const stated = written.find(({ name }) => findColumn(ENTITIES.address, name) === 'ADDRESSID')
  if (stated !== undefined) throw invalid('The id of an address is its alias, which is given as "address".', stated.nameAt)
  return values
}

const list = (name: 'setContacts' | 'setAffiliations' | 'setAttributes', read: (node: SourceNode) => Record<string, Values>): Reader =>
  operation(fields(name, { channel, customer, set: anyNode }, {}), (stated, names) => {
    const place = names.commerce.channel(stated.channel)
    const alias = names.commerce.customer(stated.customer)
    const entries = read(stated.set)
    return doing(name, ({ commerce }) => ({ channel: place, customer: commerce.accountOf(alias), list: entries }))
  })

/** The columns of an operation are known when its table is: that of the step which made it. */
const TABLES: Partial<Record<CommerceOperation['name'], EntityName>> = {
  createCustomer: 'customer',
  editCustomer: 'customer',
  addAddress: 'address',
  editAddress: 'address',
  deactivateAddress: 'address',
  setContacts: 'contact',
  setAffiliations: 'affiliation',
  setAttributes: 'attribute',
}

const scheduleShape: Shape<{
  name: (typeof EXCHANGE_JOBS)[number] | (typeof BATCHES)[number]
  everyMinutes?: number | null
  hold?: boolean
}> = (node) => {
  const read = fields(
    'schedule',
    {},
    { job, batch: choice(...BATCHES), everyMinutes: orNull(wholeNumber(1, MOST_MINUTES)), hold: flag },
  )(node)
  const name = read.job ?? read.batch
  if (name === undefined || (read.job !== undefined && read.batch !== undefined))
    throw invalid('"schedule" holds exactly one of job and batch.', node.at)
  if (read.everyMinutes === undefined && read.hold === undefined) throw invalid('Expected at least one of everyMinutes and hold.', node.at)
  return {
    name,
    ...(read.everyMinutes === undefined ? {} : { everyMinutes: read.everyMinutes }),
    ...(read.hold === undefined ? {} : { hold: read.hold }),
  }
}

const OPERATIONS: Readonly<Record<string, Reader>> = {
  enableFeature: feature('enableFeature'),
  disableFeature: feature('disableFeature'),
  setChannel: operation(
    withChange(
      fields(
        'setChannel',
        { channel },
        {
          createCustomerInAsyncMode: flag,
          filterSharedCustomerData: flag,
          online: flag,
          realTimeService: choice('up', 'down'),
          addressBook: orNull(book),
          defaultCustomer: orNull(customer),
        },
      ),
      'createCustomerInAsyncMode, online, realTimeService, addressBook and defaultCustomer',
    ),
    ({ channel: named, online, realTimeService, defaultCustomer, ...profile }, names) => {
      const change = {
        ...profile,
        channel: names.commerce.channel(named),
        ...(online === undefined ? {} : { isOnline: online }),
        ...(realTimeService === undefined ? {} : { isRealTime: realTimeService === 'up' }),
      }
      const base = defaultCustomer === undefined || defaultCustomer === null ? defaultCustomer : names.commerce.customer(defaultCustomer)
      if (base === undefined) return doing('setChannel', () => change)
      return doing('setChannel', ({ commerce }) => ({ ...change, defaultCustomer: base === null ? null : commerce.accountOf(base) }))
    },
  ),
  runJob: operation(fields('runJob', { job }, { channel }), (read, names) => {
    const place = read.channel === undefined ? undefined : names.commerce.channel(read.channel)
    return doing('runJob', () => ({ job: read.job, channel: place }))
  }),
  upload: operation(fields('upload', { channel }, {}), (read, names) => {
    const place = names.commerce.channel(read.channel)
    return doing('upload', () => ({ channel: place }))
  }),
  runBatch: operation(choice(...BATCHES), (batch) => doing('runBatch', () => ({ batch }))),
  recycleChannel: operation(fields('recycleChannel', { channel }, {}), (read, names) => {
    const place = names.commerce.channel(read.channel)
    return doing('recycleChannel', () => ({ channel: place }))
  }),
  failSession: operation(fields('failSession', { job, channel, times: wholeNumber(1, 1_000) }, {}), (read, names) => {
    const place = names.commerce.channel(read.channel)
    return doing('failSession', () => ({ job: read.job, channel: place, times: read.times }))
  }),
  rerunSession: operation(fields('rerunSession', { job, channel }, {}), (read, names) => {
    const place = names.commerce.channel(read.channel)
    return doing('rerunSession', () => ({ job: read.job, channel: place }))
  }),
  deleteInHeadquarters: operation(fields('deleteInHeadquarters', { customer }, {}), (read, names) => {
    const alias = names.commerce.customer(read.customer)
    return doing('deleteInHeadquarters', ({ commerce }) => ({ customer: commerce.accountOf(alias) }))
  }),
  schedule: operation(scheduleShape, ({ name, everyMinutes, hold }) => doing('schedule', () => ({ name, everyMinutes, isHeld: hold }))),
  advance: operation(wholeNumber(0, MOST_MINUTES), (minutes) => (context) => advance(context, minutes)),
  createCustomer: operation(
    fields('createCustomer', { channel, id: alias, set: writtenValues }, {}),
    (read, names) => {
      const given = { channel: names.commerce.channel(read.channel), ...readCustomer(read.set) }
      for (const address of Object.keys(given.details.address ?? {})) names.commerce.defineAddress(read.id.value, address)
      return async (context) => {
        const answer = await context.workbench.operateCommerce({ name: 'createCustomer', with: given })
        if (answer.account !== null) context.commerce.addCustomer(read.id.value, answer.account)
        return resultOf(answer)
      }
    },
    (read, names) => names.commerce.defineCustomer(read.id),
  ),
  editCustomer: operation(fields('editCustomer', { channel, customer, set: writtenValues }, {}), (read, names) => {
    const place = names.commerce.channel(read.channel)
    const alias = names.commerce.customer(read.customer)
    const values = readValues(ENTITIES.customer, read.set)
    return doing('editCustomer', ({ commerce }) => ({ channel: place, customer: commerce.accountOf(alias), values }))
  }),
  addAddress: address('addAddress'),
  editAddress: address('editAddress'),
  deactivateAddress: address('deactivateAddress'),
  setContacts: list('setContacts', readContacts),
  setAffiliations: list('setAffiliations', readAffiliations),
  setAttributes: list('setAttributes', readAttributes),
  editInHeadquarters: operation(fields('editInHeadquarters', { customer, set: writtenValues }, {}), (read, names) => {
    const alias = names.commerce.customer(read.customer)
    const values = readValues(ENTITIES.customer, read.set)
    return doing('editInHeadquarters', ({ commerce }) => ({ customer: commerce.accountOf(alias), values }))
  }),
  createOrder: operation(
    fields('createOrder', { channel, customer, mode: choice('Sync', 'Async'), id: alias }, {}),
    (read, names) => {
      const place = { channel: names.commerce.channel(read.channel), id: read.id.value, mode: read.mode }
      const alias = names.commerce.customer(read.customer)
      return doing('createOrder', ({ commerce }) => ({ ...place, customer: commerce.accountOf(alias) }))
    },
    (read, names) => names.commerce.defineSale(read.id),
  ),
  cashAndCarry: operation(
    fields('cashAndCarry', { channel, customer, id: alias }, {}),
    (read, names) => {
      const place = { channel: names.commerce.channel(read.channel), id: read.id.value }
      const alias = names.commerce.customer(read.customer)
      return doing('cashAndCarry', ({ commerce }) => ({ ...place, customer: commerce.accountOf(alias) }))
    },
    (read, names) => names.commerce.defineSale(read.id),
  ),
  issueLoyaltyCard: operation(fields('issueLoyaltyCard', { channel, customer }, {}), (read, names) => {
    const place = names.commerce.channel(read.channel)
    const alias = names.commerce.customer(read.customer)
    return doing('issueLoyaltyCard', ({ commerce }) => ({ channel: place, customer: commerce.accountOf(alias) }))
  }),
  editOperation: operation(fields('editOperation', { operation: stepName, set: writtenValues }, {}), (read, names) => {
    const entity = TABLES[names.commerce.operation(read.operation)] ?? 'customer'
    const values = readValues(ENTITIES[entity], read.set)
    return async (context) => {
      const staged = context.commerce.operationsOf(read.operation.value).filter((each) => each.entity === entity)
      for (const each of staged.slice(0, 1))
        await context.workbench.operateCommerce({ name: 'editOperation', with: { operation: each, values } })
      if (staged.length === 0) throw nothingStaged(read.operation.value)
      return nothingDone
    }
  }),
  synchronizeOperation: operation(fields('synchronizeOperation', { operation: stepName }, {}), (read, names) => {
    names.commerce.operation(read.operation)
    return async (context) => {
      const operations = context.commerce.operationsOf(read.operation.value)
      if (operations.length === 0) throw nothingStaged(read.operation.value)
      return resultOf(await context.workbench.operateCommerce({ name: 'synchronizeOperations', with: { operations } }))
    }
  }),
}

const nothingStaged = (step: string) =>
  refused(`The step "${step}" has made no operation: its change was made in headquarters, or refused.`)

const MINUTE_MS = 60_000

/** Moves the clock, and runs on the way what is due. */
async function advance({ workbench, clock }: StepContext, minutes: number): Promise<OperationResult> {
  const untilMs = clock.now() + minutes * MINUTE_MS
  for (;;) {
    const due = await workbench.takeDueCommerce(untilMs)
    if (due === undefined) break
    clock.advance(Math.max(0, due.dueMs - clock.now()))
    if (!due.isHeld) await workbench.runScheduledCommerce(due.name)
  }
  clock.advance(Math.max(0, untilMs - clock.now()))
  return nothingDone
}

const commerceOperation: Shape<Stated> = (node) => {
  const { entries } = mappingOf('one commerce operation', node)
  const keys = Object.keys(OPERATIONS)
  const unknown = entries.find(({ key }) => !Object.hasOwn(OPERATIONS, key))
  if (unknown !== undefined) throw unknownKey('commerce', unknown.key, unknown.keyAt, keys)
  const [entry, second] = entries
  if (entry === undefined) throw invalid(`Expected exactly one commerce operation: ${keys.join(', ')}.`, node.at)
  if (second !== undefined)
    throw invalid(`A step holds exactly one commerce operation: "${second.key}" belongs in a step of its own.`, second.keyAt)
  return { key: entry.key, ...(OPERATIONS[entry.key] as Reader)(entry.value) }
}

/** An operation on asynchronous customers. */
export const commerce = defineOperation({
  key: 'commerce',
  shape: commerceOperation,
  define: (stated, names) => stated.define(names),
  stages: ({ key }) => (Object.hasOwn(TABLES, key) ? (key as CommerceOperation['name']) : null),
  check: (stated, names) => stated.prepare(names),
  run: (run, context) => run(context),
})
