import { inEnglish } from '#text/english'
import type { Message } from '#text/message'
import { createCustomer, type NewCustomer } from '../channels/create-customer.ts'
import { type AddressOperation, addAddress, deactivateAddress, editAddress } from '../channels/edit-address.ts'
import { editCustomer } from '../channels/edit-customer.ts'
import type { Path, StagedOperation } from '../channels/operation.ts'
import { getChannel } from '../channels/seen-values.ts'
import { createOrder, issueLoyaltyCard, type Sale, sellCashAndCarry } from '../channels/sell.ts'
import { type DetailList, setAffiliations, setAttributes, setContacts } from '../channels/set-details.ts'
import type { Commerce } from '../commerce.ts'
import { failSession } from '../exchange/sessions.ts'
import { upload } from '../exchange/upload.ts'
import { deleteInHeadquarters, editInHeadquarters } from '../headquarters/edit-in-headquarters.ts'
import { disableFeature, enableFeature } from '../headquarters/features.ts'
import { isBatch, type ScheduledName, setSchedule } from '../headquarters/schedules.ts'
import { type ChannelChange, setChannel } from '../headquarters/set-channel.ts'
import { editOperation, synchronizeOperations } from '../headquarters/status-page.ts'
import { queueBatch, queueExchange, queueRerun } from '../jobs/queue.ts'
import type { Values } from '../model/columns.ts'
import type { BatchName, ExchangeJob } from '../model/exchange.ts'
import type { Feature } from '../model/features.ts'
import { dropCaches } from '../store/channels.ts'

interface Customer {
  channel: string
  customer: string
}

/** Everything that somebody can do, by its name, with its arguments. */
export interface CommerceOperations {
  enableFeature: { feature: Feature }
  disableFeature: { feature: Feature }
  setChannel: ChannelChange
  runJob: { job: ExchangeJob; channel?: string | undefined }
  upload: { channel: string }
  runBatch: { batch: BatchName }
  recycleChannel: { channel: string }
  failSession: { job: ExchangeJob; channel: string; times: number }
  rerunSession: { job: ExchangeJob; channel: string }
  schedule: { name: ScheduledName; everyMinutes?: number | null | undefined; isHeld?: boolean | undefined }
  createCustomer: NewCustomer
  editCustomer: Customer & { values: Values }
  addAddress: AddressOperation
  editAddress: AddressOperation
  deactivateAddress: AddressOperation
  setContacts: DetailList
  setAffiliations: DetailList
  setAttributes: DetailList
  editInHeadquarters: { customer: string; values: Values }
  deleteInHeadquarters: { customer: string }
  createOrder: Sale & { mode: 'Sync' | 'Async' }
  cashAndCarry: Sale
  issueLoyaltyCard: Customer
  editOperation: { operation: StagedOperation; values: Values }
  synchronizeOperations: { operations: StagedOperation[] }
}

export type CommerceOperation = {
  [Name in keyof CommerceOperations]: { name: Name } & { with: CommerceOperations[Name] }
}[keyof CommerceOperations]

/** A job of the exchange or a batch that can run by itself. */
export type CommerceSchedule = ScheduledName

/** What came of an operation; one that is refused throws instead. */
export interface OperationAnswer {
  /** How an operation of a channel was done; `null` for others. */
  path: Path | null
  /** The account that the channel holds for a customer that was created. */
  account: string | null
  /** Rows that were written to the staging tables of the channel. */
  staged: StagedOperation[]
  /** Why Synchronize did not succeed. */
  failure: Message | null
  /** Ids of the system jobs that do the rest. */
  jobs: string[]
}

const done: OperationAnswer = { path: null, account: null, staged: [], failure: null, jobs: [] }

/** Answers by the names of the operations: what came of each, if it says anything. */
type Answers = { [Name in keyof CommerceOperations]: (commerce: Commerce, given: CommerceOperations[Name]) => unknown }

const ANSWERS: Answers = {
  enableFeature: (commerce, { feature }) => enableFeature(commerce, feature),
  disableFeature: (commerce, { feature }) => disableFeature(commerce, feature),
  setChannel,
  runJob: (commerce, { job, channel }) => ({ jobs: queueExchange(commerce, job, channel) }),
  upload: (commerce, { channel }) => void upload(commerce, channel),
  runBatch: (commerce, { batch }) => ({ jobs: [queueBatch(commerce, batch)] }),
  recycleChannel: (commerce, { channel }) => recycle(commerce, channel),
  failSession,
  rerunSession: (commerce, which) => ({ jobs: queueRerun(commerce, which) }),
  schedule: setSchedule,
  createCustomer,
  editCustomer,
  addAddress,
  editAddress,
  deactivateAddress,
  setContacts,
  setAffiliations,
  setAttributes,
  editInHeadquarters: (commerce, { customer, values }) => editInHeadquarters(commerce, customer, values),
  deleteInHeadquarters: (commerce, { customer }) => deleteInHeadquarters(commerce, customer),
  createOrder,
  cashAndCarry: sellCashAndCarry,
  issueLoyaltyCard,
  editOperation: (commerce, { operation, values }) => editOperation(commerce, operation, values),
  synchronizeOperations: (commerce, { operations }) => ({ failure: synchronizeOperations(commerce, operations) }),
}

function recycle(commerce: Commerce, channel: string): void {
  const { number } = getChannel(commerce, channel)
  commerce.connection.write(() => dropCaches(commerce.connection, number))
}

/** Queues a job for all channels, or a batch. Returns the ids of its system jobs. */
export const queueScheduled = (commerce: Commerce, name: ScheduledName): string[] =>
  isBatch(name) ? [queueBatch(commerce, name)] : queueExchange(commerce, name, undefined)

/** Does one operation. @throws COMMERCE_REFUSED for what channel or headquarters do not do; INPUT_INVALID for unknown names */
export function operate(commerce: Commerce, operation: CommerceOperation): OperationAnswer {
  const answer = ANSWERS[operation.name] as (commerce: Commerce, given: unknown) => Partial<OperationAnswer> | undefined
  return { ...done, ...answer(commerce, operation.with) }
}

/** Returns a failure in English, for reports. */
export const failureText = ({ failure }: OperationAnswer): string | null => (failure === null ? null : inEnglish(failure))
