import { commerceText } from '#text/english/commerce'
import type { Commerce } from '../commerce.ts'
import { createAccount } from '../headquarters/create-account.ts'
import { HeadquartersTurn } from '../headquarters/turn.ts'
import { hasRegion } from '../model/address.ts'
import { DETAIL_NAMES, type Details, noDetails, type Values } from '../model/columns.ts'
import { refused } from '../refused.ts'
import type { Channel } from '../store/channels.ts'
import { findCustomer } from '../store/headquarters.ts'
import { findReplica, putReplica } from '../store/replicas.ts'
import { appendRow } from '../store/staging.ts'
import { checkAddress } from './addresses.ts'
import type { Path, StagedOperation } from './operation.ts'
import { callHeadquarters, whyOptionIsNotSeen } from './real-time-service.ts'
import { getChannel, seenDefaultCustomer, seesAsyncOption, seesFeature } from './seen-values.ts'

/** A customer that a channel is to create. */
export interface NewCustomer {
  channel: string
  values: Values
  details?: Partial<Details> | undefined
}

/** What came of it: the account that the channel holds, and how it was made. */
export interface CreatedCustomer {
  path: Path
  account: string
  staged: StagedOperation[]
}

/**
 * Creates a customer in a channel: in headquarters first, or asynchronously, by the option that the channel sees and the links that are up.
 * @throws COMMERCE_REFUSED
 */
export function createCustomer(commerce: Commerce, { channel: name, values, details = {} }: NewCustomer): CreatedCustomer {
  const channel = getChannel(commerce, name)
  for (const address of Object.values(details.address ?? {})) checkAddress(address)
  const named = { ...values, CUSTNAME: values.CUSTNAME ?? personName(values) }
  if (!channel.isOnline && channel.profile.filterSharedCustomerData) throw refused(commerceText.offlineFiltered({ channel: name }))
  if (seesAsyncOption(commerce, channel)) return createAsync(commerce, channel, 'Async', named, details)
  if (!channel.isOnline || !callHeadquarters(commerce, channel, 'createCustomer', whyOptionIsNotSeen(commerce, channel)))
    return createAsync(commerce, channel, 'AsyncFallback', named, details)
  return createSync(commerce, channel, named, details)
}

/** Returns first, middle and last name, joined by one space, blanks skipped. Source: reference, section 2. */
function personName({ FIRSTNAME = null, MIDDLENAME = null, LASTNAME = null }: Values): string | null {
  const parts = [FIRSTNAME, MIDDLENAME, LASTNAME].map((part) => String(part ?? '').trim()).filter((part) => part !== '')
  return parts.length === 0 ? null : parts.join(' ')
}

function createSync(commerce: Commerce, channel: Channel, values: Values, given: Partial<Details>): CreatedCustomer {
  const account = HeadquartersTurn.write(commerce, (turn) => {
    const affiliation = { ...turn.defaultCustomer(channel.number)?.details.affiliation, ...given.affiliation }
    const details = { ...noDetails(), ...given, affiliation }
    if (!Object.values(details.address).every(hasRegion)) throw refused(commerceText.noRegion)
    const made = createAccount(turn, { guid: null, origin: channel.number, values, details })
    if ('problem' in made) throw refused(made.problem)
    putReplica(commerce.connection, channel.number, made)
    return made.account
  })
  return { path: 'Sync', account, staged: [] }
}

function createAsync(commerce: Commerce, channel: Channel, path: Path, values: Values, given: Partial<Details>): CreatedCustomer {
  const { connection, now, newId } = commerce
  const guid = newId()
  const isEnhanced = seesFeature(commerce, channel, 'enhancedAsyncCreate')
  const kept = isEnhanced ? values : without(values, 'TITLERECORDID')
  const details = stagedDetails(commerce, channel, isEnhanced, given)
  const common = { channel: channel.number, operation: 1, account: null, guid, madeMs: now(), isOffline: !channel.isOnline }
  const staged = connection.write(() => {
    const customer = { ...common, entity: 'customer' as const, values: kept, old: nothingOf(kept) }
    const rows: StagedOperation[] = [{ entity: 'customer', origin: channel.number, counter: appendRow(connection, customer) }]
    for (const entity of DETAIL_NAMES)
      for (const detail of Object.values(details[entity])) {
        const counter = appendRow(connection, { ...common, entity, values: detail, old: nothingOf(detail) })
        rows.push({ entity, origin: channel.number, counter })
      }
    return rows
  })
  return { path, account: guid, staged }
}

/** What an asynchronous creation takes along: more with each feature that the channel sees. Source: reference, sections 3 and 12. */
function stagedDetails(commerce: Commerce, channel: Channel, isEnhanced: boolean, given: Partial<Details>): Details {
  const canHaveAddresses = seesFeature(commerce, channel, 'asyncAddresses')
  return {
    address: canHaveAddresses ? (given.address ?? {}) : {},
    contact: isEnhanced ? (given.contact ?? {}) : {},
    affiliation: isEnhanced ? { ...defaultAffiliations(commerce, channel), ...given.affiliation } : {},
    attribute: given.attribute ?? {},
  }
}

/** Returns the affiliations of the default customer as the channel has it, or headquarters where it was never sent. */
function defaultAffiliations({ connection, ...rest }: Commerce, channel: Channel): Record<string, Values> {
  const account = seenDefaultCustomer({ connection, ...rest }, channel)
  if (account === null) return {}
  const known = findReplica(connection, channel.number, { account, guid: null }) ?? findCustomer(connection, account)
  return known?.details.affiliation ?? {}
}

const without = (values: Values, column: string): Values => Object.fromEntries(Object.entries(values).filter(([name]) => name !== column))

/** What the columns of something new held before. */
export const nothingOf = (values: Values): Values => Object.fromEntries(Object.keys(values).map((column) => [column, null]))
