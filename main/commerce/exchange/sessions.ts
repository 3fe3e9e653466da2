import { commerceText } from '#text/english/commerce'
import { getChannel } from '../channels/seen-values.ts'
import type { Commerce } from '../commerce.ts'
import { type ExchangeJob, SESSION_TRIES } from '../model/exchange.ts'
import { refused } from '../refused.ts'
import { type Channel, findChannels } from '../store/channels.ts'
import { type ExchangeSession, findOpenSessions, findSessionsOf, takeFault, writeFault, writeSession } from '../store/sessions.ts'
import { applyDownload, createDownload } from './download.ts'
import { applyUpload } from './upload.ts'

/** Returns the channels that a run of a job concerns: the named one, or all. @throws INPUT_INVALID for an unknown one */
export const channelsOf = (commerce: Commerce, name: string | undefined): Channel[] =>
  name === undefined ? findChannels(commerce.connection) : [getChannel(commerce, name)]

/**
 * Makes what a run of a job needs, inside the caller's transaction: a download job makes a session of what has changed for each channel. Returns
 * the sessions to apply, in their order.
 */
export function prepareExchange(commerce: Commerce, job: ExchangeJob, channelName: string | undefined): ExchangeSession[] {
  return channelsOf(commerce, channelName).flatMap((channel) => {
    if (job !== 'P-0001') createDownload(commerce, job, channel)
    return applicable(commerce, job, channel)
  })
}

/** Returns the sessions of a channel that wait to be applied, oldest first, up to one that is suspended. */
function applicable({ connection }: Commerce, job: ExchangeJob, { number }: Channel): ExchangeSession[] {
  const open = findOpenSessions(connection, job, number)
  const suspended = open.findIndex(({ state }) => state === 'Suspended')
  return suspended < 0 ? open : open.slice(0, suspended)
}

/** Returns whether a session has to wait for one before it, which is suspended. */
export const isBehindSuspended = ({ connection }: Commerce, { job, channel, number }: ExchangeSession): boolean =>
  findOpenSessions(connection, job, channel).some((each) => each.number < number && each.state === 'Suspended')

/**
 * Tries to apply a session, inside the caller's transaction, unless it is to fail on purpose. After the last try it is suspended. Returns whether
 * it was applied.
 */
export function tryToApply(commerce: Commerce, session: ExchangeSession): boolean {
  const { connection, now } = commerce
  if (session.tries === 0) session.failures += takeFault(connection, session.job, session.channel)
  session.tries++
  const fails = session.failures > 0
  if (fails) {
    session.failures--
    session.state = session.tries < SESSION_TRIES ? 'Apply failed' : 'Suspended'
  } else {
    if (session.job === 'P-0001') applyUpload(commerce, session)
    else applyDownload(commerce, session)
    session.state = 'Applied'
    session.appliedMs = now()
  }
  writeSession(connection, session)
  return !fails
}

/** Makes applying the next session of a job and a channel fail so many times. */
export function failSession(commerce: Commerce, { job, channel, times }: { job: ExchangeJob; channel: string; times: number }): void {
  const { number } = getChannel(commerce, channel)
  commerce.connection.write(() => writeFault(commerce.connection, job, number, times))
}

/** How many sessions are looked through for one to run again. */
const RECENT_SESSIONS = 1_000

/**
 * Makes the newest session ready to be applied again that failed or was applied, inside the caller's transaction. Returns it, and the download
 * sessions that had to wait for it.
 * @throws COMMERCE_REFUSED where there is none
 */
export function prepareRerun(commerce: Commerce, { job, channel: name }: { job: ExchangeJob; channel: string }): ExchangeSession[] {
  const { connection } = commerce
  const channel = getChannel(commerce, name)
  const sessions = findSessionsOf(connection, job, channel.number, RECENT_SESSIONS)
  const session = sessions.find(({ state }) => state === 'Applied' || state === 'Suspended' || state === 'Apply failed')
  if (session === undefined) throw refused(commerceText.noSession({ job, channel: name }))
  startAgain(connection, session)
  const later = job === 'P-0001' ? [] : findOpenSessions(connection, job, channel.number).filter(({ number }) => number > session.number)
  return [session, ...later]
}

/** Counts the tries of a session afresh, inside the caller's transaction. */
export function startAgain(connection: Commerce['connection'], session: ExchangeSession): void {
  session.tries = 0
  if (session.state === 'Suspended') session.state = 'Apply failed'
  writeSession(connection, session)
}
