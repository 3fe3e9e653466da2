import { isEnded, moveJob, statusOf } from '#engine/jobs/states'
import { bytesToGuid, guidToBytes } from '#engine/store/guid'
import { administratorOf } from '#engine/store/owners'
import { insertSystemJob, type SystemJobRow, systemJobStatements } from '#engine/store/system-jobs'
import { channelName } from '../channels/seen-values.ts'
import type { Commerce } from '../commerce.ts'
import { prepareExchange, prepareRerun } from '../exchange/sessions.ts'
import type { BatchName, ExchangeJob } from '../model/exchange.ts'
import { insertRun, writeRunJob } from '../store/logs.ts'
import { type ExchangeSession, writeSystemJob } from '../store/sessions.ts'

/** The names of the batch jobs on the platform. */
const BATCH_TITLES: Readonly<Record<BatchName, string>> = {
  SynchronizeCustomers: 'Synchronize customers and channel requests',
  SynchronizeOrders: 'Synchronize orders',
  EndOfDayPosting: 'End-of-day posting',
}

/** The platform has no operation type for what it does in another system. */
const NO_OPERATION_TYPE = 0

/** Queues the sessions that a run of a job applies. Returns the ids of their system jobs. */
export const queueExchange = (commerce: Commerce, job: ExchangeJob, channel: string | undefined): string[] =>
  commerce.connection.write(() => prepareExchange(commerce, job, channel).map((session) => queueSession(commerce, session)))

/** Queues a session that failed or was applied once more, with what had to wait for it. Returns the ids of their system jobs. */
export const queueRerun = (commerce: Commerce, which: { job: ExchangeJob; channel: string }): string[] =>
  commerce.connection.write(() => prepareRerun(commerce, which).map((session) => queueSession(commerce, session)))

/** Queues a run of a batch job. Returns the id of its system job. */
export function queueBatch(commerce: Commerce, name: BatchName): string {
  const { connection, now } = commerce
  return connection.write(() => {
    const run = insertRun(connection, name, now())
    const job = insertJob(commerce, 'batch', BATCH_TITLES[name], name)
    writeRunJob(connection, run, job.number)
    return job.id
  })
}

/** Returns the id of the system job that applies a session: a new one where it has none, or where that one has ended. */
function queueSession(commerce: Commerce, session: ExchangeSession): string {
  const { connection, now } = commerce
  const known = session.systemJob === null ? undefined : systemJobStatements(connection).byNumber.get(session.systemJob)
  if (known !== undefined && !isEnded(statusOf(known))) {
    if (statusOf(known) === 'Paused') moveJob(connection, known, 'Waiting', now())
    return bytesToGuid(known.guid)
  }
  const job = insertJob(commerce, 'exchange', `${session.job} ${channelName(commerce, session.channel)}`, session.job)
  writeSystemJob(connection, session.number, job.number)
  return job.id
}

/** Writes a waiting system job of the administrator: the exchange belongs to the environment. */
function insertJob(
  { connection, now, newId }: Commerce,
  kind: 'exchange' | 'batch',
  name: string,
  messagename: string,
): { id: string; number: SystemJobRow['number'] } {
  const id = newId()
  const owner = administratorOf(connection)
  const number = insertSystemJob(connection, {
    guid: guidToBytes(id),
    kind,
    name,
    operationtype: NO_OPERATION_TYPE,
    createdon: now(),
    createdby: owner.row,
    ownerid: owner.row,
    owningbusinessunit: owner.businessUnit,
    regardingobjectid: null,
    regarding_guid: null,
    regarding_name: null,
    primaryentitytype: null,
    messagename,
    depth: 1,
    correlationid: guidToBytes(id),
    requestid: guidToBytes(id),
  })
  return { id, number }
}
