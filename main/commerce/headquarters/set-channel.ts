import { getChannel } from '../channels/seen-values.ts'
import type { Commerce } from '../commerce.ts'
import { type ChannelProfile, writeCustomersSent, writeLinks, writeProfile } from '../store/channels.ts'
import { releaseOffline } from '../store/staging.ts'
import { releaseOfflineTransactions } from '../store/transactions.ts'

/** What to change of a channel: its links at once, its profile in headquarters. */
export interface ChannelChange extends Partial<ChannelProfile> {
  channel: string
  isOnline?: boolean | undefined
  isRealTime?: boolean | undefined
}

/** Changes links and profile of a channel. What was made offline can be uploaded when the channel is online again. */
export function setChannel(commerce: Commerce, { channel: name, isOnline, isRealTime, ...profile }: ChannelChange): void {
  const { connection } = commerce
  connection.write(() => {
    const channel = getChannel(commerce, name)
    const links = { number: channel.number, isOnline: isOnline ?? channel.isOnline, isRealTime: isRealTime ?? channel.isRealTime }
    writeLinks(connection, links)
    const changed = { ...channel.profile, ...profile }
    writeProfile(connection, channel.number, changed)
    // Another address book is other customers: job 1010 looks at all of them again.
    if (changed.addressBook !== channel.profile.addressBook) writeCustomersSent(connection, channel.number, 0)
    if (isOnline === true) {
      releaseOffline(connection, channel.number)
      releaseOfflineTransactions(connection, channel.number)
    }
  })
}
