import { inputInvalid } from '#engine/contract/errors'
import { didYouMean, listed } from '#engine/model/nearest'
import type { CommerceOperation, CommerceOperations } from '../commerce/api/operations.ts'
import type { StagedOperation } from '../commerce/channels/operation.ts'
import { ENTITIES, type Entity, type EntityName, findColumn, keptValue, type Values } from '../commerce/model/columns.ts'
import { BATCHES, EXCHANGE_JOBS } from '../commerce/model/exchange.ts'
import { FEATURES } from '../commerce/model/features.ts'
import type { Workbench } from '../workbench/workbench.ts'

type OnOff = 'on' | 'off'

/** Options of `cascade commerce`, of which each operation takes some. */
export interface CommerceOptions {
  json?: boolean
  channel?: string
  customer?: string
  address?: string
  id?: string
  set?: string[]
  contact?: string[]
  affiliation?: string[]
  attribute?: string[]
  empty?: boolean
  mode?: 'Sync' | 'Async'
  times?: number
  every?: number
  hold?: OnOff
  online?: OnOff
  realTime?: OnOff
  asyncOption?: OnOff
  addressBook?: string
  defaultCustomer?: string
  operation?: string[]
  limit: number
}

/** What an operation is read from. */
interface Given {
  argument: string | undefined
  options: CommerceOptions
  workbench: Workbench
}

type Readers = { [Name in keyof CommerceOperations]: (given: Given) => CommerceOperations[Name] }

const READERS: Readers = {
  enableFeature: ({ argument }) => ({ feature: oneOf('a feature', argument, FEATURES) }),
  disableFeature: ({ argument }) => ({ feature: oneOf('a feature', argument, FEATURES) }),
  setChannel: ({ options }) => ({
    channel: channel(options),
    ...(options.online === undefined ? {} : { isOnline: options.online === 'on' }),
    ...(options.realTime === undefined ? {} : { isRealTime: options.realTime === 'on' }),
    ...(options.asyncOption === undefined ? {} : { createCustomerInAsyncMode: options.asyncOption === 'on' }),
    ...(options.addressBook === undefined ? {} : { addressBook: options.addressBook === '' ? null : options.addressBook }),
    ...(options.defaultCustomer === undefined ? {} : { defaultCustomer: options.defaultCustomer === '' ? null : options.defaultCustomer }),
  }),
  runJob: ({ argument, options }) => ({ job: oneOf('a job', argument, EXCHANGE_JOBS), channel: options.channel }),
  upload: ({ options }) => ({ channel: channel(options) }),
  runBatch: ({ argument }) => ({ batch: oneOf('a batch', argument, BATCHES) }),
  recycleChannel: ({ options }) => ({ channel: channel(options) }),
  failSession: ({ argument, options }) => ({
    job: oneOf('a job', argument, EXCHANGE_JOBS),
    channel: channel(options),
    times: options.times ?? 1,
  }),
  rerunSession: ({ argument, options }) => ({ job: oneOf('a job', argument, EXCHANGE_JOBS), channel: channel(options) }),
  schedule: ({ argument, options: { every, hold } }) => ({
    name: oneOf('a job or a batch', argument, [...EXCHANGE_JOBS, ...BATCHES]),
    ...(every === undefined ? {} : { everyMinutes: every === 0 ? null : every }),
    ...(hold === undefined ? {} : { isHeld: hold === 'on' }),
  }),
  createCustomer: ({ options }) => ({
    channel: channel(options),
    values: values('customer', options),
    details: { contact: contacts(options), affiliation: affiliations(options), attribute: attributes(options) },
  }),
  editCustomer: ({ options }) => ({ ...place(options), values: values('customer', options) }),
  addAddress: ({ options }) => ({ ...place(options), address: needed('--address', options.address), values: values('address', options) }),
  editAddress: ({ options }) => ({ ...place(options), address: needed('--address', options.address), values: values('address', options) }),
  deactivateAddress: ({ options }) => ({
    ...place(options),
    address: needed('--address', options.address),
    values: values('address', options),
  }),
  setContacts: ({ options }) => ({ ...place(options), list: whole(contacts(options), '--contact', options) }),
  setAffiliations: ({ options }) => ({ ...place(options), list: whole(affiliations(options), '--affiliation', options) }),
  setAttributes: ({ options }) => ({ ...place(options), list: whole(attributes(options), '--attribute', options) }),
  editInHeadquarters: ({ options }) => ({ customer: customer(options), values: values('customer', options) }),
  deleteInHeadquarters: ({ options }) => ({ customer: customer(options) }),
  createOrder: ({ options }) => ({ ...place(options), id: needed('--id', options.id), mode: needed('--mode', options.mode) }),
  cashAndCarry: ({ options }) => ({ ...place(options), id: needed('--id', options.id) }),
  issueLoyaltyCard: ({ options }) => place(options),
  editOperation: ({ options, workbench }) => {
    const operation = stagedOperation(needed('--operation', options.operation?.[0]), workbench)
    return { operation, values: values(operation.entity, options) }
  },
  synchronizeOperations: ({ options, workbench }) => ({
    operations: needed('--operation', options.operation).map((name) => stagedOperation(name, workbench)),
  }),
}

export const OPERATION_NAMES = Object.keys(READERS)

/** Reads an operation from the command line. @throws INPUT_INVALID for what is missing or unknown */
export function operationOf(name: string, argument: string | undefined, options: CommerceOptions, workbench: Workbench): CommerceOperation {
  const read = READERS[name as CommerceOperation['name']] as (given: Given) => unknown
  return { name, with: read({ argument, options, workbench }) } as CommerceOperation
}

function needed<T>(option: string, value: T | undefined): T {
  if (value === undefined) throw inputInvalid(`Give ${option}.`, { option })
  return value
}

const channel = (options: CommerceOptions): string => needed('--channel', options.channel)
const customer = (options: CommerceOptions): string => needed('--customer', options.customer)
const place = (options: CommerceOptions) => ({ channel: channel(options), customer: customer(options) })

function oneOf<const T extends string>(what: string, value: string | undefined, names: readonly T[]): T {
  if (value !== undefined && (names as readonly string[]).includes(value)) return value as T
  if (value === undefined) throw inputInvalid(`Give ${what}: ${names.join(', ')}.`)
  throw inputInvalid(`"${value}" is not ${what}.${didYouMean(value, names)} There are: ${listed(names)}.`, { value })
}

function split(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw inputInvalid(`Expected name=value, found "${text}".`, { text })
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Reads `--set` by the columns of a staging table. */
function values(name: EntityName, { set = [] }: CommerceOptions): Values {
  const entity: Entity = ENTITIES[name]
  return Object.fromEntries(
    set.map(split).map(([written, value]) => {
      const column = findColumn(entity, written)
      if (column !== undefined) return [column, keptValue(entity, column, value)]
      const names = [...entity.columns, ...Object.keys(entity.aliases)].map((each) => each.toLowerCase())
      throw inputInvalid(
        `${entity.table} has no column "${written}".${didYouMean(written.toLowerCase(), names)} Columns: ${listed(names)}.`,
      )
    }),
  )
}

const CONTACT_TYPES = ['phone', 'email', 'url'] as const

const contacts = ({ contact = [] }: CommerceOptions): Record<string, Values> =>
  Object.fromEntries(
    contact.map((text) => {
      const [id = '', type, value = '', primary] = text.split(',')
      if (id === '' || value === '') throw inputInvalid(`Expected a contact as id,type,value or id,type,value,primary, found "${text}".`)
      const row = {
        CONTACTID: id,
        TYPE: oneOf('a type of contact', type, CONTACT_TYPES),
        VALUE: value,
        ISPRIMARY: primary === 'primary' ? 1 : 0,
      }
      return [id, row]
    }),
  )

const affiliations = ({ affiliation = [] }: CommerceOptions): Record<string, Values> =>
  Object.fromEntries(affiliation.map((name) => [name, { AFFILIATION: name }]))

const attributes = ({ attribute = [] }: CommerceOptions): Record<string, Values> =>
  Object.fromEntries(
    attribute.map(split).map(([name, value]) => [name, { ATTRIBUTERECID: name, ATTRIBUTEVALUESTRING: value === '' ? null : value }]),
  )

/** A list replaces the one before, so that an empty one has to be meant. */
function whole(list: Record<string, Values>, option: string, { empty = false }: CommerceOptions): Record<string, Values> {
  if (Object.keys(list).length === 0 && !empty) throw inputInvalid(`Give ${option}, or --empty for an empty list.`)
  return list
}

/** The name of an operation of the status page: table, channel and counter. */
export const operationName = ({ entity, origin, counter }: StagedOperation, channelOf: (number: number) => string): string =>
  `${entity}/${channelOf(origin)}/${counter}`

function stagedOperation(name: string, workbench: Workbench): StagedOperation {
  const [entity, channelName, counter] = name.split('/')
  const origin = workbench.findCommerceChannels().find((each) => each.name === channelName)?.number
  if (entity === undefined || !Object.hasOwn(ENTITIES, entity) || origin === undefined || !Number.isInteger(Number(counter)))
    throw inputInvalid(`Expected an operation as \`status\` names it, such as customer/store-1/3, found "${name}".`, { name })
  return { entity: entity as EntityName, origin, counter: Number(counter) }
}
