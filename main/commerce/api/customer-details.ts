import { inEnglish } from '#text/english'
import { commerceText } from '#text/english/commerce'
import { creationOf, findSeenCustomer, getIdentity, type Identity } from '../channels/customer-view.ts'
import { channelName } from '../channels/seen-values.ts'
import type { Commerce } from '../commerce.ts'
import type { Details, Values } from '../model/columns.ts'
import { findChannels } from '../store/channels.ts'
import { findCustomer } from '../store/headquarters.ts'
import { findReplica } from '../store/replicas.ts'
import { uploadedCounter } from '../store/sessions.ts'
import { readSettings } from '../store/settings.ts'
import { findRowInHeadquarters, type StagedRow } from '../store/staging.ts'

/** How far the creation of a customer has come. Source: reference, section 10. */
export type Stage = 'Created' | 'Uploaded' | 'Staged' | 'Converted' | 'Returned' | 'Failed'

/** A customer as headquarters or a channel has it. */
export interface CustomerState {
  account: string
  values: Values
  details: Details
}

/** Where a customer is, and what each place says of it. */
export interface CustomerDetails {
  guid: string | null
  /** The account in headquarters, also of a customer that was deleted there; `null` before the conversion. */
  realAccount: string | null
  stage: Stage
  /** The account that the channel holds that made the customer. */
  account: string
  /** What a cashier of that channel sees for the account. */
  shown: string
  headquarters: CustomerState | null
  /** The channel that shows the customer twice: with its real account, and still as Pending sync; `null` where converted rows are hidden. */
  shownTwiceIn: string | null
  /** Channels that show the customer, by their names. */
  seenIn: Record<string, CustomerState>
}

/** Describes a customer, given by the real or the asynchronous account. @throws INPUT_INVALID */
export function describeCustomer(commerce: Commerce, key: string): CustomerDetails {
  const { connection } = commerce
  const identity = getIdentity(commerce, key)
  const known = identity.account === null ? undefined : findCustomer(connection, identity.account)
  const seenIn: CustomerDetails['seenIn'] = {}
  for (const channel of findChannels(connection)) {
    const seen = findSeenCustomer(commerce, channel, identity)
    if (seen !== undefined) seenIn[channel.name] = { account: seen.account, values: seen.values, details: seen.details }
  }
  const creation = identity.guid === null ? undefined : creationOf(connection, identity.guid)
  const stage = creation === undefined ? 'Returned' : stageOf(commerce, creation, identity)
  const account = stage === 'Returned' ? String(identity.account) : String(identity.guid)
  return {
    guid: identity.guid,
    realAccount: identity.account,
    stage,
    account,
    shown: stage === 'Returned' ? account : inEnglish(commerceText.pendingSync),
    headquarters: known === undefined || known.isDeleted ? null : { account: known.account, values: known.values, details: known.details },
    shownTwiceIn: creation !== undefined && isShownTwice(commerce, creation, identity) ? channelName(commerce, creation.origin) : null,
    seenIn,
  }
}

/** Returns whether the channel has the real customer and does not hide the asynchronous one that it was. */
function isShownTwice({ connection }: Commerce, { origin }: StagedRow, identity: Identity): boolean {
  if (readSettings(connection).hideConvertedAsyncRows) return false
  return (findReplica(connection, origin, identity)?.values ?? null) !== null
}

function stageOf({ connection }: Commerce, { entity, origin, counter }: StagedRow, identity: Identity): Stage {
  const staged = findRowInHeadquarters(connection, { entity, origin, counter })
  if (staged === undefined) return counter <= uploadedCounter(connection, origin, 'customer') ? 'Uploaded' : 'Created'
  if (!staged.isDone) return staged.error === null ? 'Staged' : 'Failed'
  return findReplica(connection, origin, identity) === undefined ? 'Converted' : 'Returned'
}
