import type { ChangingMethod, Method, Where } from '#engine/contract/method'
import type { Connection } from '#engine/store/connection'
import { channelName, seesFeature } from '../channels/seen-values.ts'
import { type Commerce, commerceOf } from '../commerce.ts'
import { type ScheduledName, takeDue } from '../headquarters/schedules.ts'
import { type CommerceSetUp, setUp } from '../headquarters/set-up.ts'
import { findNewestOperations, findSyncOperations } from '../headquarters/status-page.ts'
import type { EntityName } from '../model/columns.ts'
import { FEATURES, type Feature } from '../model/features.ts'
import { findChannels } from '../store/channels.ts'
import { enabledFeatures, findCustomers } from '../store/headquarters.ts'
import { findCalls, findConflicts, findRuns, logMarks } from '../store/logs.ts'
import { findSchedules } from '../store/schedules.ts'
import { type ExchangeSession, findSessions } from '../store/sessions.ts'
import { findRowsAt } from '../store/staging.ts'
import { describeCustomer } from './customer-details.ts'
import { type CommerceOperation, operate, queueScheduled } from './operations.ts'
import { findStuck } from './stuck.ts'

/** What the engine hands to each method. */
interface MethodContext {
  session: { connection: Connection; options: { now: () => number; newId: () => string } }
}

const question = <Args extends unknown[], Result>(
  run: (commerce: Commerce, ...args: Args) => Result,
): Method<MethodContext, 'main', Args, Result> => ({ where: 'main', run: ({ session }, ...args) => run(commerceOf(session), ...args) })

const change = <const Place extends Where, Args extends unknown[], Result>(
  where: Place,
  run: (commerce: Commerce, ...args: Args) => Result,
): ChangingMethod<MethodContext, Place, Args, Result> => ({
  where,
  run: ({ session }, ...args) => run(commerceOf(session), ...args),
  announces: () => [{ kind: 'commerce' }],
})

/** A feature's state in headquarters, and what each channel takes it for. */
export interface FeatureState {
  feature: Feature
  headquarters: boolean
  channels: Record<string, boolean>
}

/** A session with the name of its channel. */
export type NamedSession = Omit<ExchangeSession, 'channel' | 'content' | 'failures' | 'systemJob'> & { channel: string }

/** Asynchronous customers: what can be done, and what can be asked. They belong to the environment, not to a user. */
export const commerceMethods = {
  /** Adds channels, features and customers. @throws INPUT_INVALID for a name that is taken */
  setUpCommerce: change('interactive', (commerce, setup: CommerceSetUp) => setUp(commerce, setup)),

  /** Does one operation. @throws COMMERCE_REFUSED, INPUT_INVALID */
  operateCommerce: change('interactive', (commerce, operation: CommerceOperation) => operate(commerce, operation)),

  /** Returns what is due next up to a time and counts its schedule on; `undefined` for nothing. */
  takeDueCommerce: change('interactive', (commerce, untilMs: number) => takeDue(commerce, untilMs)),
  /** Queues a job for all channels, or a batch, as its schedule does. Returns the ids of the system jobs. */
  queueScheduledCommerce: change('interactive', (commerce, name: ScheduledName) => queueScheduled(commerce, name)),

  findCommerceChannels: question(({ connection }) => findChannels(connection)),
  findCommerceFeatures: question((commerce): FeatureState[] => {
    const enabled = enabledFeatures(commerce.connection)
    const channels = findChannels(commerce.connection)
    return FEATURES.map((feature) => ({
      feature,
      headquarters: enabled.has(feature),
      channels: Object.fromEntries(channels.map((channel) => [channel.name, seesFeature(commerce, channel, feature)])),
    }))
  }),
  /** Describes a customer by its real or asynchronous account. @throws INPUT_INVALID for an unknown one */
  getCommerceCustomer: question((commerce, account: string) => describeCustomer(commerce, account)),
  /** Returns a page of customers of headquarters, by their accounts. */
  findCommerceCustomers: question(({ connection }, after: string, limit: number) => findCustomers(connection, after, limit)),
  /** Says what is stuck, where, since when, and when it will go on. */
  findStuck: question((commerce) => findStuck(commerce)),
  findCommerceSchedules: question(({ connection }) => findSchedules(connection)),
  /** Returns the rows of a staging table: of headquarters, or of a channel. */
  findStagedRows: question(({ connection }, entity: EntityName, place: number) => findRowsAt(connection, entity, place)),
  /** Returns the newest sessions, newest first. */
  findCommerceSessions: question((commerce, limit: number): NamedSession[] =>
    findSessions(commerce.connection, limit).map(({ content: _content, failures: _failures, systemJob: _job, channel, ...session }) => ({
      ...session,
      channel: channelName(commerce, channel),
    })),
  ),
  /** Returns the operations that headquarters knows of, by their time in the channel. */
  findSyncOperations: question((commerce) => findSyncOperations(commerce)),
  /** Returns the newest of them, in the same order. */
  findNewestOperations: question((commerce, limit: number) => findNewestOperations(commerce, limit)),
  /** Returns the newest numbers of calls, conflicts and runs. */
  commerceMarks: question(({ connection }) => logMarks(connection)),
  findCommerceCalls: question(({ connection }, after: number) => findCalls(connection, after)),
  findCommerceConflicts: question(({ connection }, after: number) => findConflicts(connection, after)),
  findCommerceRuns: question(({ connection }, after: number) => findRuns(connection, after)),
}
