import { EngineError } from '#engine/contract/errors'
import { didYouMean } from '#engine/model/nearest'
import { inEnglish } from '#text/english'
import type { CustomerDetails, CustomerState } from '../../commerce/api/customer-details.ts'
import { errorTextOf } from '../../commerce/headquarters/status-page.ts'
import {
  type Details,
  ENTITIES,
  type Entity,
  type EntityName,
  findColumn,
  keptValue,
  OPERATION_NUMBERS,
  type Value,
  type Values,
} from '../../commerce/model/columns.ts'
import { SESSION_STATES } from '../../commerce/model/exchange.ts'
import { FEATURES } from '../../commerce/model/features.ts'
import type { StagedRow } from '../../commerce/store/staging.ts'
import { readAffiliations, readAttributes, readColumn, readContacts, readValue } from '../commerce-values.ts'
import { exchangeJob } from '../format/commerce.ts'
import { type WrittenValues, writtenValues } from '../format/records.ts'
import { invalid, type Position } from '../scenario-error.ts'
import { choice, dictionaryOf, fields, flag, listOf, located, pattern, type Shape, text, wholeNumber, word } from '../shape.ts'
import type { SourceNode } from '../source.ts'
import { defineExpectation, type ExpectationLine, equal, matches, matchesSome, type Observed } from './expectation.ts'

const count = wholeNumber(0)
const channel = located(text('a channel'))
const customer = located(word('a customer'))

const ENTITY_LIST: readonly Entity[] = Object.values(ENTITIES)

/** The name of a staging table, in whatever case. */
const table: Shape<Entity> = (node) => {
  const name = text('a staging table')(node)
  const found = ENTITY_LIST.find((each) => each.table === name.toUpperCase())
  if (found !== undefined) return found
  const tables = ENTITY_LIST.map((each) => each.table)
  throw invalid(`There is no staging table "${name}".${didYouMean(name.toUpperCase(), tables)} Tables: ${tables.join(', ')}.`, node.at)
}

/** A value of a customer's column that is expected in some place. */
type Wanted = { path: string; expected: unknown; actual: (state: CustomerState) => unknown }

/** Returns how a value is compared: nothing and empty text are one. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

const line = (path: string, expected: unknown, actual: unknown): ExpectationLine => ({
  path,
  expected,
  actual,
  held: same(expected, actual),
})

// ── path, realTimeCalls, feature ─────────────────────────────────────────────────────────────────

const path = defineExpectation({
  key: 'path',
  shape: choice('Sync', 'Async', 'AsyncFallback'),
  check: (stated) => stated,
  evaluate: (wanted, observed) => [equal('path', wanted, observed.path)],
})

const realTimeCallsShape = fields('realTimeCalls', {}, { count, reasons: listOf('regular expressions', pattern) })

const realTimeCalls = defineExpectation({
  key: 'realTimeCalls',
  shape: realTimeCallsShape,
  check: (stated) => stated,
  evaluate(wanted, { workbench, commerceBefore }) {
    const reasons = workbench.findCommerceCalls(commerceBefore.calls).map(({ reason }) => inEnglish(reason))
    const counted = wanted.count === undefined ? [] : [equal('realTimeCalls.count', wanted.count, reasons.length)]
    const matched = (wanted.reasons ?? []).map((reason, index) => matchesSome(`realTimeCalls.reasons[${index}]`, reason, reasons))
    return [...counted, ...matched]
  },
})

const featureShape = fields(
  'feature',
  {},
  Object.fromEntries(FEATURES.map((key) => [key, dictionaryOf('headquarters or a channel: true or false', flag)])),
)

const feature = defineExpectation({
  key: 'feature',
  shape: featureShape,
  check: (stated, names) =>
    Object.entries(stated).flatMap(([key, places]) =>
      (places ?? []).map(({ name, nameAt, value }) => ({ key, place: names.commerce.database({ value: name, at: nameAt }), value })),
    ),
  evaluate(wanted, { workbench }) {
    const states = workbench.findCommerceFeatures()
    return wanted.map(({ key, place, value }) => {
      const state = states.find((each) => each.feature === key)
      return equal(
        `feature.${key}.${place}`,
        value,
        place === 'headquarters' ? (state?.headquarters ?? null) : (state?.channels[place] ?? null),
      )
    })
  },
})

// ── customer ─────────────────────────────────────────────────────────────────────────────────────

const absentOrValues: Shape<'absent' | WrittenValues> = (node) => (node.kind === 'mapping' ? writtenValues(node) : choice('absent')(node))

const customerShape = dictionaryOf(
  'customers',
  fields(
    'a customer',
    {},
    {
      stage: choice('Created', 'Uploaded', 'Staged', 'Converted', 'Returned', 'Failed'),
      account: pattern,
      shown: text('a text'),
      headquarters: absentOrValues,
      visibleIn: listOf('channels', channel),
      seenIn: dictionaryOf('channels', absentOrValues),
    },
  ),
)

const customers = defineExpectation({
  key: 'customer',
  shape: customerShape,
  check: (stated, names) =>
    stated.map(({ name, nameAt, value }) => ({
      alias: names.commerce.customer({ value: name, at: nameAt }),
      ...value,
      headquarters: value.headquarters && stateWanted(value.headquarters),
      visibleIn: value.visibleIn?.map((each) => names.commerce.channel(each)),
      seenIn: value.seenIn?.map((each) => ({
        place: names.commerce.channel({ value: each.name, at: each.nameAt }),
        wanted: stateWanted(each.value),
      })),
    })),
  evaluate: (wanted, observed) =>
    wanted.flatMap(({ alias, stage, account, shown, headquarters, visibleIn, seenIn = [] }) => {
      const at = `customer.${alias}`
      const found = findCustomer(observed, alias)
      return [
        ...(stage === undefined ? [] : [equal(`${at}.stage`, stage, found?.stage ?? null)]),
        ...(account === undefined ? [] : [matches(`${at}.account`, account, found?.account ?? null)]),
        ...(shown === undefined ? [] : [equal(`${at}.shown`, shown, found?.shown ?? null)]),
        ...(headquarters === undefined ? [] : compareState(`${at}.headquarters`, headquarters, found?.headquarters ?? null)),
        ...(visibleIn === undefined
          ? []
          : [line(`${at}.visibleIn`, [...new Set(visibleIn)].sort(), Object.keys(found?.seenIn ?? {}).sort())]),
        ...seenIn.flatMap(({ place, wanted: state }) => compareState(`${at}.seenIn.${place}`, state, found?.seenIn[place] ?? null)),
      ]
    }),
})

/** Returns a customer; nothing for one whose creation was refused. */
function findCustomer({ workbench, commerce }: Observed, alias: string): CustomerDetails | undefined {
  try {
    return workbench.getCommerceCustomer(commerce.accountOf(alias))
  } catch (error) {
    if (error instanceof EngineError && error.code === 'INPUT_INVALID') return undefined
    throw error
  }
}

function compareState(at: string, wanted: 'absent' | Wanted[], state: CustomerState | null): ExpectationLine[] {
  if (wanted === 'absent') return [equal(at, 'absent', state === null ? 'absent' : 'present')]
  if (state === null) return [equal(at, 'present', 'absent')]
  if (wanted.length === 0) return [equal(at, 'present', 'present')]
  return wanted.map(({ path: column, expected, actual }) => line(`${at}.${column}`, expected, actual(state)))
}

const stateWanted = (written: 'absent' | WrittenValues): 'absent' | Wanted[] =>
  written === 'absent' ? written : written.map(({ name, nameAt, value }) => wantedColumn(name, nameAt, value))

/** Lists of a customer, and what each is compared by. */
const LISTS: Readonly<Record<string, (node: SourceNode) => Omit<Wanted, 'path'>>> = {
  contacts: (node) => ({ expected: sorted(readContacts(node)), actual: ({ details }) => sorted(details.contact) }),
  affiliations: (node) => ({
    expected: Object.keys(readAffiliations(node)).sort(),
    actual: ({ details }) => Object.keys(details.affiliation).sort(),
  }),
  attributes: (node) => ({ expected: valuesOf(readAttributes(node)), actual: ({ details }) => valuesOf(details.attribute) }),
}

const sorted = (entries: Record<string, Values>): unknown =>
  Object.fromEntries(
    Object.entries(entries)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, values]) => [id, ordered(values)]),
  )

const ordered = (values: Values): unknown => Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)))

const valuesOf = (attributes: Record<string, Values>): unknown =>
  sorted(
    Object.fromEntries(Object.entries(attributes).map(([id, { ATTRIBUTEVALUESTRING = null }]) => [id, { VALUE: ATTRIBUTEVALUESTRING }])),
  )

const ACCOUNTS = ['CUSTACCOUNT', 'ACCOUNTNUM', 'ACCOUNT']

/** A column of the customer, of its account, of its primary address, or one of its lists. */
function wantedColumn(name: string, at: Position, node: SourceNode): Wanted {
  const list = LISTS[name.toLowerCase()]
  if (list !== undefined) return { path: name, ...list(node) }
  if (ACCOUNTS.includes(name.toUpperCase()))
    return { path: name, expected: readValue(ENTITIES.customer, 'CUSTACCOUNT', node), actual: ({ account }) => account }
  const address = findColumn(ENTITIES.customer, name) === undefined ? findColumn(ENTITIES.address, name) : undefined
  if (address !== undefined)
    return { path: name, expected: readValue(ENTITIES.address, address, node), actual: ({ details }) => primaryAddress(details)[address] }
  const column = readColumn(ENTITIES.customer, name, at, Object.keys(LISTS))
  return { path: name, expected: readValue(ENTITIES.customer, column, node), actual: ({ values }) => values[column] }
}

/** Returns the primary address, or else the first one. */
function primaryAddress({ address }: Details): Values {
  const all = Object.values(address)
  return all.find(({ MAKEPOSTALADDRESSPRIMARY }) => MAKEPOSTALADDRESSPRIMARY === 1) ?? all[0] ?? {}
}

// ── staging ──────────────────────────────────────────────────────────────────────────────────────

/** Flags of each staging table, beside its columns. */
const FLAGS: Readonly<Record<string, (row: StagedRow, channelOf: (number: number) => string) => Value>> = {
  OPERATION: ({ operation }) => operation,
  ONLINEOPERATIONCOMPLETED: ({ isDone }) => (isDone ? 1 : 0),
  CUSTACCOUNT: ({ account }) => account,
  CUSTACCOUNTASYNC: ({ guid }) => guid,
  DATAAREAID: () => 'usrt',
  REPLICATIONCOUNTERFROMORIGIN: ({ counter }) => counter,
  STORERECID: ({ origin }, channelOf) => channelOf(origin),
  ORIGINATINGCHANNEL: ({ origin }, channelOf) => channelOf(origin),
}

interface StagingCondition {
  column: string
  value: Value
}

const stagingShape = listOf(
  'staging',
  fields('staging', { table, database: located(text('headquarters or a channel')), equals: count }, { where: writtenValues }),
)

const staging = defineExpectation({
  key: 'staging',
  shape: stagingShape,
  check: (stated, names) =>
    stated.map(({ table: entity, database, equals, where = [] }) => ({
      entity,
      database: names.commerce.database(database),
      equals,
      where: where.map((each): StagingCondition => readCondition(entity, each)),
    })),
  evaluate: (wanted, observed) =>
    wanted.map(({ entity, database, equals, where }, index) => {
      const channels = observed.workbench.findCommerceChannels()
      const place = database === 'headquarters' ? 0 : (channels.find(({ name }) => name === database)?.number ?? -1)
      const channelOf = (number: number) => channels.find((each) => each.number === number)?.name ?? ''
      const rows = observed.workbench.findStagedRows(entity.name, place)
      const found = rows.filter((row) => where.every((condition) => isMet(condition, row, channelOf, observed)))
      return equal(`staging[${index}].equals`, equals, found.length)
    }),
})

function readCondition(entity: Entity, { name, nameAt, value }: WrittenValues[number]): StagingCondition {
  const upper = name.toUpperCase()
  if (!Object.hasOwn(FLAGS, upper)) {
    const column = readColumn(entity, name, nameAt, Object.keys(FLAGS))
    return { column, value: readValue(entity, column, value) }
  }
  const written = readValue(FLAG_COLUMNS, upper, value)
  if (upper === 'OPERATION' && typeof written === 'string' && Object.hasOwn(OPERATION_NUMBERS, written))
    return { column: upper, value: OPERATION_NUMBERS[written as keyof typeof OPERATION_NUMBERS] }
  return { column: upper, value: NUMBER_FLAGS.has(upper) ? keptValue(NUMBERS, upper, written) : written }
}

const NUMBER_FLAGS = new Set(['OPERATION', 'ONLINEOPERATIONCOMPLETED', 'REPLICATIONCOUNTERFROMORIGIN'])
const FLAG_COLUMNS: Entity = {
  ...ENTITIES.customer,
  columns: Object.keys(FLAGS),
  numbers: new Set(['ONLINEOPERATIONCOMPLETED', 'REPLICATIONCOUNTERFROMORIGIN']),
  aliases: {},
}
const NUMBERS: Entity = { ...FLAG_COLUMNS, numbers: NUMBER_FLAGS }

function isMet(
  { column, value }: StagingCondition,
  row: StagedRow,
  channelOf: (number: number) => string,
  { commerce }: Observed,
): boolean {
  const flagOf = FLAGS[column]
  const actual = flagOf === undefined ? (row.values[column] ?? null) : flagOf(row, channelOf)
  if (same(value, actual)) return true
  return (column === 'CUSTACCOUNT' || column === 'CUSTACCOUNTASYNC') && typeof value === 'string' && commerce.accountOf(value) === actual
}

// ── sessions, syncStatus, batch, conflicts ───────────────────────────────────────────────────────

/** States may be written with or without their spaces. */
const state: Shape<string> = (node) => {
  const written = text('the state of a session')(node)
  const found = SESSION_STATES.find((each) => plain(each) === plain(written))
  if (found !== undefined) return found
  throw invalid(
    `There is no state of a session "${written}".${didYouMean(written, SESSION_STATES)} States: ${SESSION_STATES.join(', ')}.`,
    node.at,
  )
}

const plain = (name: string): string => name.replaceAll(' ', '').toLowerCase()

const sessionsShape = listOf('sessions', fields('a session', {}, { job: exchangeJob, channel, state }))

const sessions = defineExpectation({
  key: 'sessions',
  shape: sessionsShape,
  check: (stated, names) => stated.map((each) => ({ ...each, channel: each.channel && names.commerce.channel(each.channel) })),
  evaluate(wanted, { workbench }) {
    const found = workbench.findCommerceSessions(Math.max(1, wanted.length))
    if (wanted.length === 0) return [equal('sessions.length', 0, found.length)]
    return wanted.flatMap((each, index) => {
      const session = found[index]
      return (['job', 'channel', 'state'] as const)
        .filter((key) => each[key] !== undefined)
        .map((key) => equal(`sessions[${index}].${key}`, each[key], session?.[key] ?? null))
    })
  },
})

const syncStatusShape = listOf(
  'operations',
  fields(
    'an operation',
    {},
    {
      customer,
      operation: choice('Create', 'Update', 'Deactivate'),
      table,
      status: choice('Pending', 'Synchronized', 'Failed'),
      error: pattern,
    },
  ),
)

const syncStatus = defineExpectation({
  key: 'syncStatus',
  shape: syncStatusShape,
  check: (stated, names) => stated.map((each) => ({ ...each, customer: each.customer && names.commerce.customer(each.customer) })),
  evaluate(wanted, observed) {
    const found = observed.workbench.findSyncOperations()
    const lines = wanted.flatMap((each, index) => {
      const operation = found[index]
      const at = `syncStatus[${index}]`
      return [
        ...(each.customer === undefined
          ? []
          : [equal(`${at}.customer`, each.customer, operation ? nameOf(observed, operation.guid, operation.account) : null)]),
        ...(each.operation === undefined ? [] : [equal(`${at}.operation`, each.operation, operation?.operation ?? null)]),
        ...(each.table === undefined ? [] : [equal(`${at}.table`, each.table.table, operation?.table ?? null)]),
        ...(each.status === undefined ? [] : [equal(`${at}.status`, each.status, operation?.status ?? null)]),
        ...(each.error === undefined ? [] : [matches(`${at}.error`, each.error, operation ? errorTextOf(operation) : null)]),
      ]
    })
    return [equal('syncStatus.length', wanted.length, found.length), ...lines]
  },
})

/** Returns how the file calls the customer with one of these accounts. */
function nameOf({ workbench, commerce }: Observed, ...accounts: (string | null)[]): string {
  const known = accounts.find((account) => account !== null)
  if (known === undefined || known === null) return ''
  try {
    const { guid, realAccount } = workbench.getCommerceCustomer(known)
    return commerce.nameOf([guid, realAccount])
  } catch (error) {
    if (error instanceof EngineError && error.code === 'INPUT_INVALID') return known
    throw error
  }
}

const BATCH_COUNTS = ['processed', 'synchronized', 'failed', 'pending'] as const

const batchShape = fields('batch', {}, { processed: count, synchronized: count, failed: count, pending: count })

const batch = defineExpectation({
  key: 'batch',
  shape: batchShape,
  check: (stated) => stated,
  evaluate(wanted, { workbench, commerceBefore }) {
    const runs = workbench.findCommerceRuns(commerceBefore.runs)
    return BATCH_COUNTS.filter((key) => wanted[key] !== undefined).map((key) =>
      equal(
        `batch.${key}`,
        wanted[key],
        runs.length === 0 ? null : key === 'pending' ? (runs.at(-1)?.pending ?? 0) : runs.reduce((sum, run) => sum + run[key], 0),
      ),
    )
  },
})

const conflictShape = fields(
  'a conflict',
  {},
  { customer, column: located(word('a column')), headquarters: anyScalar, channel: anyScalar, applied: anyScalar },
)

const conflictsShape = listOf('conflicts', conflictShape)

function anyScalar(node: SourceNode): SourceNode {
  return node
}

const conflicts = defineExpectation({
  key: 'conflicts',
  shape: conflictsShape,
  check: (stated, names) =>
    stated.map((each) => {
      const column = each.column && anyColumn(each.column.value, each.column.at)
      const read = (node: SourceNode | undefined) => node && readValue(column?.entity ?? ENTITIES.customer, column?.name ?? '', node)
      return {
        customer: each.customer && names.commerce.customer(each.customer),
        column: column?.name,
        headquarters: read(each.headquarters),
        channel: read(each.channel),
        applied: read(each.applied),
      }
    }),
  evaluate(wanted, observed) {
    const found = observed.workbench
      .findCommerceConflicts(observed.commerceBefore.conflicts)
      .map(({ account, column, headquarters, channel: edited, applied }) => ({
        customer: nameOf(observed, account),
        column,
        headquarters,
        channel: edited,
        applied,
      }))
    const left = [...found]
    const lines = wanted.map((each, index): ExpectationLine => {
      const place = left.findIndex((conflict) => KEYS.every((key) => each[key] === undefined || same(each[key], conflict[key])))
      const [actual] = place < 0 ? [] : left.splice(place, 1)
      return { path: `conflicts[${index}]`, expected: each, actual: actual ?? found, held: actual !== undefined }
    })
    return [equal('conflicts.length', wanted.length, found.length), ...lines]
  },
})

const KEYS = ['customer', 'column', 'headquarters', 'channel', 'applied'] as const

/** Finds a column of any staging table: a conflict names no table. */
function anyColumn(name: string, at: Position): { entity: Entity; name: string } {
  for (const entity of ['customer', 'address', 'contact', 'attribute'] as EntityName[]) {
    const column = findColumn(ENTITIES[entity], name)
    if (column !== undefined) return { entity: ENTITIES[entity], name: column }
  }
  return { entity: ENTITIES.customer, name: readColumn(ENTITIES.customer, name, at) }
}

/** Expectations about asynchronous customers. */
export const COMMERCE_EXPECTATIONS = [path, realTimeCalls, feature, customers, staging, sessions, syncStatus, batch, conflicts]
