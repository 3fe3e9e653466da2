import type { Commerce } from '../commerce.ts'
import { ASYNC_OPTION, type Feature } from '../model/features.ts'
import { channelUnknown } from '../refused.ts'
import { type Channel, findChannel, findChannelByNumber, seenValue } from '../store/channels.ts'
import { readSettings } from '../store/settings.ts'

const MINUTE_MS = 60_000

/** Returns how long a scale unit goes on with a cached value. */
export const cacheMs = ({ connection }: Commerce): number => readSettings(connection).csuCacheMinutes * MINUTE_MS

/** @throws INPUT_INVALID */
export function getChannel({ connection }: Commerce, name: string): Channel {
  const channel = findChannel(connection, name)
  if (channel === undefined) throw channelUnknown(name)
  return channel
}

/** Returns the name of a channel. */
export const channelName = ({ connection }: Commerce, number: number): string =>
  findChannelByNumber(connection, number)?.name ?? String(number)

const seen = (commerce: Commerce, channel: Channel, name: string): unknown =>
  seenValue(commerce.connection, channel.number, name, commerce.now() - cacheMs(commerce))

/** Returns whether a channel takes a feature for enabled: its replicated and cached copy of the state. */
export const seesFeature = (commerce: Commerce, channel: Channel, feature: Feature): boolean => seen(commerce, channel, feature) === true

/** Returns whether a channel takes its option to create customers in async mode for Yes. */
export const seesAsyncOption = (commerce: Commerce, channel: Channel): boolean => seen(commerce, channel, ASYNC_OPTION) === true

/** Returns the default customer that a channel knows of. */
export function seenDefaultCustomer(commerce: Commerce, channel: Channel): string | null {
  const value = seen(commerce, channel, 'defaultCustomer')
  return typeof value === 'string' ? value : null
}
