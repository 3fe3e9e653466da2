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
 * Runs a job for one channel or for all. A download job makes a session of what has changed and applies it; P-0001 applies what was uploaded.
 * Sessions of a channel are applied in their order, and a suspended one keeps the later ones waiting.
 */
export function runExchangeJob(commerce: Commerce, job: ExchangeJob, channelName: string | undefined): void {
  for (const channel of channelsOf(commerce, channelName)) {
    if (job !== 'P-0001') commerce.connection.write(() => createDownload(commerce, job, channel))
    applyOpenSessions(commerce, job, channel)
  }
}

/** Applies sessions of a channel that wait, oldest first, up to one that is suspended. */
function applyOpenSessions(commerce: Commerce, job: ExchangeJob, { number }: Channel): void {
  for (const session of findOpenSessions(commerce.connection, job, number)) {
    if (session.state === 'Suspended') return
    if (!applySession(commerce, session)) return
  }
}

/** Applies a session, and tries again where that fails. Returns false for a session that is suspended after its last try. */
function applySession(commerce: Commerce, session: ExchangeSession): boolean {
  const { connection } = commerce
  session.failures += connection.write(() => takeFault(connection, session.job, session.channel))
  for (let tries = 1; ; tries++) {
    if (tryToApply(commerce, session)) return true
    if (tries < SESSION_TRIES) continue
    session.state = 'Suspended'
    connection.write(() => writeSession(connection, session))
    return false
  }
}

/** Applies a session in one transaction, unless it is to fail on purpose. Returns whether it was applied. */
function tryToApply(commerce: Commerce, session: ExchangeSession): boolean {
  const { connection, now } = commerce
  return connection.write(() => {
    session.tries++
    const fails = session.failures > 0
    if (fails) {
      session.failures--
      session.state = 'Apply failed'
    } else {
      if (session.job === 'P-0001') applyUpload(commerce, session)
      else applyDownload(commerce, session)
      session.state = 'Applied'
      session.appliedMs = now()
    }
    writeSession(connection, session)
    return !fails
  })
}

/** Makes applying the next session of a job and a channel fail so many times. */
export function failSession(commerce: Commerce, { job, channel, times }: { job: ExchangeJob; channel: string; times: number }): void {
  const { number } = getChannel(commerce, channel)
  commerce.connection.write(() => writeFault(commerce.connection, job, number, times))
}

/** How many sessions are looked through for one to run again. */
const RECENT_SESSIONS = 1_000

/**
 * Applies the newest session again that failed or was applied, then what had to wait for it. Applying one twice changes nothing.
 * @throws COMMERCE_REFUSED where there is none
 */
export function rerunSession(commerce: Commerce, { job, channel: name }: { job: ExchangeJob; channel: string }): void {
  const channel = getChannel(commerce, name)
  const sessions = findSessionsOf(commerce.connection, job, channel.number, RECENT_SESSIONS)
  const session = sessions.find(({ state }) => state === 'Applied' || state === 'Suspended' || state === 'Apply failed')
  if (session === undefined) throw refused(commerceText.noSession({ job, channel: name }))
  if (applySession(commerce, session) && job !== 'P-0001') applyOpenSessions(commerce, job, channel)
}
