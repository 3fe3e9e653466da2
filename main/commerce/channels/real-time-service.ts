import { commerceText } from '#text/english/commerce'
import type { Message } from '#text/message'
import type { Commerce } from '../commerce.ts'
import { ASYNC_OPTION, type Feature } from '../model/features.ts'
import { refused } from '../refused.ts'
import { type Channel, newestValue } from '../store/channels.ts'
import { enabledFeatures } from '../store/headquarters.ts'
import { addCall } from '../store/logs.ts'
import { findOpenSessions } from '../store/sessions.ts'
import { cacheMs } from './seen-values.ts'

const { reason } = commerceText
const MINUTE_MS = 60_000

/** Returns why a channel calls headquarters to create a customer, although it could do without. */
export function whyOptionIsNotSeen(commerce: Commerce, channel: Channel): Message {
  const { name } = channel
  if (!channel.profile.createCustomerInAsyncMode) return reason.optionOff({ channel: name })
  return whyNotArrived(commerce, channel, '1070', ASYNC_OPTION) ?? reason.optionNotReplicated({ channel: name })
}

/** Returns why a channel calls headquarters for what a feature would let it do alone. */
export function whyFeatureIsNotSeen(commerce: Commerce, channel: Channel, feature: Feature): Message {
  const named = commerceText.named({ feature, title: commerceText.feature[feature] })
  if (!enabledFeatures(commerce.connection).has(feature)) return reason.featureOff({ feature: named })
  return whyNotArrived(commerce, channel, '1110', feature) ?? reason.featureNotReplicated({ feature: named, channel: channel.name })
}

/** Returns why a value that headquarters has switched on is not seen in a channel; `undefined` where no session carries it. */
function whyNotArrived(commerce: Commerce, channel: Channel, job: '1070' | '1110', name: string): Message | undefined {
  const { connection } = commerce
  const newest = newestValue(connection, channel.number, name)
  if (newest?.value === true) {
    const leftMs = newest.appliedMs + cacheMs(commerce) - commerce.now()
    return reason.cache({ channel: channel.name, name, minutes: Math.max(1, Math.ceil(leftMs / MINUTE_MS)) })
  }
  const open = findOpenSessions(connection, job, channel.number).find(({ content }) => content[name] === true)
  return open && reason.sessionNotApplied({ session: open.number, job, name, channel: channel.name, state: open.state })
}

/**
 * Calls headquarters from a channel and logs the call with its reason, in a transaction of its own, so that an attempt counts whatever
 * becomes of the operation. Returns whether headquarters answers.
 */
export function callHeadquarters(commerce: Commerce, channel: Channel, operation: string, why: Message): boolean {
  const { connection, now } = commerce
  const { number, isRealTime } = channel
  connection.write(() => addCall(connection, { atMs: now(), channel: number, operation, reason: why, isAnswered: isRealTime }))
  return isRealTime
}

/** Calls headquarters for an operation that cannot be done without. @throws COMMERCE_REFUSED if it is not reached */
export function needHeadquarters(commerce: Commerce, channel: Channel, operation: string, why: Message): void {
  if (!channel.isOnline) throw refused(commerceText.offline({ channel: channel.name, operation }))
  if (!callHeadquarters(commerce, channel, operation, why))
    throw refused(commerceText.realTimeDown({ operation, channel: channel.name, reason: why }))
}
