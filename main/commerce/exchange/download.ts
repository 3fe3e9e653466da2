import type { Commerce } from '../commerce.ts'
import type { DownloadJob } from '../model/exchange.ts'
import { ASYNC_OPTION, FEATURES } from '../model/features.ts'
import { bringValue, type Channel, newestValue, writeCustomersSent } from '../store/channels.ts'
import { enabledFeatures } from '../store/headquarters.ts'
import { applyCustomers, packCustomers } from '../store/replicas.ts'
import { type ExchangeSession, findSessionsOf, insertSession, writeSession } from '../store/sessions.ts'
import { readCounter } from '../store/settings.ts'

/**
 * Makes the download session of a job for a channel, inside the caller's transaction. It carries what has changed since the session before;
 * where nothing has, its state is No data.
 */
export function createDownload(commerce: Commerce, job: DownloadJob, channel: Channel): ExchangeSession {
  return job === '1010' ? packChangedCustomers(commerce, channel) : packValues(commerce, job, channel)
}

/** Job 1010: customers of the address book, as headquarters has it. */
function packChangedCustomers({ connection, now }: Commerce, { number: channel, profile, customersSent }: Channel): ExchangeSession {
  const session = insertSession(connection, { job: '1010', channel, state: 'Available', createdMs: now(), rows: 0, content: {} })
  session.rows = packCustomers(connection, { session: session.number, channel, book: profile.addressBook, sent: customersSent })
  if (session.rows === 0) session.state = 'No data'
  writeSession(connection, session)
  writeCustomersSent(connection, channel, readCounter(connection, 'version'))
  return session
}

/** Jobs 1110 and 1070: features, or the channel's profile. */
function packValues({ connection, now }: Commerce, job: '1070' | '1110', channel: Channel): ExchangeSession {
  const content = job === '1110' ? featureStates({ connection }) : profileValues(channel)
  const before = findSessionsOf(connection, job, channel.number, 1)[0]?.content ?? initialContent({ connection }, job, channel)
  const isSame = JSON.stringify(before) === JSON.stringify(content)
  const rows = isSame ? 0 : Object.keys(content).length
  const state = isSame ? 'No data' : 'Available'
  return insertSession(connection, { job, channel: channel.number, state, createdMs: now(), rows, content })
}

function featureStates({ connection }: Pick<Commerce, 'connection'>): Record<string, unknown> {
  const enabled = enabledFeatures(connection)
  return Object.fromEntries(FEATURES.map((feature) => [feature, enabled.has(feature)]))
}

/** Returns what a channel database needs of its profile, by the names under which it keeps it. */
export const profileValues = ({ profile }: Pick<Channel, 'profile'>): Record<string, unknown> => ({
  [ASYNC_OPTION]: profile.createCustomerInAsyncMode,
  addressBook: profile.addressBook,
  defaultCustomer: profile.defaultCustomer,
})

/** Returns what a channel has from the beginning, in the form of a session's content. */
function initialContent({ connection }: Pick<Commerce, 'connection'>, job: '1070' | '1110', channel: Channel): Record<string, unknown> {
  const names = job === '1110' ? FEATURES : Object.keys(profileValues(channel))
  return Object.fromEntries(names.map((name) => [name, newestValue(connection, channel.number, name)?.value ?? null]))
}

/** Applies a download session to its channel database, inside the caller's transaction. */
export function applyDownload({ connection, now }: Commerce, { number, job, channel, content }: ExchangeSession): void {
  if (job === '1010') applyCustomers(connection, number, channel)
  else for (const [name, value] of Object.entries(content)) bringValue(connection, channel, name, value, now())
}
