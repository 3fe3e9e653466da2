import { inputInvalid } from '#engine/contract/errors'
import { errorTextOf } from '../commerce/headquarters/status-page.ts'
import type { Workbench } from '../workbench/workbench.ts'
import { type CommerceOptions, operationName } from './commerce-operation.ts'
import { callFacts } from './commerce-text.ts'
import { facts, table } from './output.ts'

/** The answer to a question, for `--json` and as text. */
interface Told {
  value: unknown
  text: () => string
}

type Question = (workbench: Workbench, options: CommerceOptions & { argument?: string | undefined }) => Told

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
const yes = (value: boolean): string => (value ? 'yes' : 'no')

const listOr = (nothing: string, headings: string[], rows: (string | number | null)[][]): string =>
  rows.length === 0 ? nothing : table(headings, rows)

/** What can be asked about asynchronous customers. */
export const QUESTIONS = {
  channels(workbench) {
    const channels = workbench.findCommerceChannels()
    return {
      value: channels,
      text: () =>
        listOr(
          'There are no channels.',
          ['channel', 'kind', 'online', 'real-time service', 'async option', 'address book', 'default customer'],
          channels.map(({ name, kind, isOnline, isRealTime, profile }) => [
            name,
            kind,
            yes(isOnline),
            yes(isRealTime),
            yes(profile.createCustomerInAsyncMode),
            profile.addressBook,
            profile.defaultCustomer,
          ]),
        ),
    }
  },

  features(workbench) {
    const features = workbench.findCommerceFeatures()
    const channels = workbench.findCommerceChannels().map(({ name }) => name)
    return {
      value: features,
      text: () =>
        table(
          ['feature', 'headquarters', ...channels],
          features.map(({ feature, headquarters, channels: seen }) => [
            feature,
            yes(headquarters),
            ...channels.map((name) => yes(seen[name] ?? false)),
          ]),
        ),
    }
  },

  customers(workbench, { argument = '', limit }) {
    const customers = workbench.findCommerceCustomers(argument, limit)
    return {
      value: customers,
      text: () =>
        listOr(
          'There are no customers.',
          ['account', 'name', 'group', 'address book', 'asynchronous account'],
          customers.map(({ account, guid, values }) => [
            account,
            String(values.CUSTNAME ?? ''),
            String(values.CUSTGROUP ?? ''),
            String(values.ADDRESSBOOK ?? ''),
            guid,
          ]),
        ),
    }
  },

  customer(workbench, { argument, customer = argument }) {
    if (customer === undefined) throw inputInvalid('Which customer? Give its real account, or the GUID of an asynchronous one.')
    const details = workbench.getCommerceCustomer(customer)
    return {
      value: details,
      text: () =>
        facts([
          ['stage', details.stage],
          ['account', details.account],
          ['shown', details.shown],
          ['asynchronous account', details.guid],
          ['shown twice in', details.shownTwiceIn],
          ['headquarters', details.headquarters === null ? 'absent' : JSON.stringify(details.headquarters.values)],
          ...Object.entries(details.seenIn).map(([name, { values }]): [string, string] => [`seen in ${name}`, JSON.stringify(values)]),
        ]),
    }
  },

  sessions(workbench, { limit }) {
    const sessions = workbench.findCommerceSessions(limit).map(({ createdMs, appliedMs, ...session }) => ({
      ...session,
      created: time(createdMs),
      applied: time(appliedMs),
    }))
    return {
      value: sessions,
      text: () =>
        listOr(
          'There are no sessions.',
          ['session', 'job', 'channel', 'state', 'tries', 'rows', 'created', 'applied'],
          sessions.map(({ number, job, channel, state, tries, rows, created, applied }) => [
            number,
            job,
            channel,
            state,
            tries,
            rows,
            created,
            applied,
          ]),
        ),
    }
  },

  status(workbench, { limit }) {
    const channels = workbench.findCommerceChannels()
    const channelOf = (number: number) => channels.find((each) => each.number === number)?.name ?? String(number)
    const operations = workbench.findNewestOperations(limit).map((operation) => ({
      id: operationName(operation, channelOf),
      channel: channelOf(operation.origin),
      account: operation.account,
      asyncAccount: operation.guid,
      table: operation.table,
      operation: operation.operation,
      at: time(operation.madeMs),
      status: operation.status,
      error: errorTextOf(operation),
      values: operation.values,
      old: operation.old,
    }))
    return {
      value: operations,
      text: () =>
        listOr(
          'No operation has come to headquarters.',
          ['operation', 'account', 'asynchronous account', 'what', 'at', 'status', 'last known error'],
          operations.map((each) => [each.id, each.account, each.asyncAccount, each.operation, each.at, each.status, each.error]),
        ),
    }
  },

  stuck(workbench) {
    const stuck = workbench.findStuck().map(({ sinceMs, dueMs, ...each }) => ({ ...each, since: time(sinceMs), due: time(dueMs) }))
    return {
      value: stuck,
      text: () =>
        listOr(
          'Nothing is stuck.',
          ['channel', 'where', 'how many', 'since', 'taken on by', 'due'],
          stuck.map(({ channel, place, count, since, takenOnBy, due }) => [
            channel,
            place,
            count,
            since,
            takenOnBy,
            due ?? 'when it is run',
          ]),
        ),
    }
  },

  calls(workbench, { limit }) {
    const calls = workbench.findCommerceCalls(0).slice(-limit).map(callFacts)
    return {
      value: calls,
      text: () =>
        listOr(
          'The real-time service was not called.',
          ['at', 'operation', 'answered', 'reason'],
          calls.map(({ at, operation, isAnswered, reason }) => [at, operation, yes(isAnswered), reason]),
        ),
    }
  },

  conflicts(workbench, { limit }) {
    const conflicts = workbench.findCommerceConflicts(0).slice(-limit)
    return {
      value: conflicts,
      text: () =>
        listOr(
          'There are no conflicts.',
          ['at', 'account', 'column', 'headquarters', 'channel', 'applied'],
          conflicts.map(({ atMs, account, column, headquarters, channel, applied }) => [
            time(atMs),
            account,
            column.toLowerCase(),
            headquarters,
            channel,
            applied,
          ]),
        ),
    }
  },

  runs(workbench, { limit }) {
    const runs = workbench.findCommerceRuns(0).slice(-limit)
    return {
      value: runs,
      text: () =>
        listOr(
          'No batch has run.',
          ['batch', 'began', 'ended', 'processed', 'synchronized', 'failed', 'pending'],
          runs.map(({ name, beganMs, endedMs, processed, synchronized, failed, pending }) => [
            name,
            time(beganMs),
            time(endedMs),
            processed,
            synchronized,
            failed,
            pending,
          ]),
        ),
    }
  },

  schedules(workbench) {
    const schedules = workbench.findCommerceSchedules().map(({ dueMs, ...schedule }) => ({ ...schedule, due: time(dueMs) }))
    return {
      value: schedules,
      text: () =>
        listOr(
          'Nothing is scheduled.',
          ['what', 'every minutes', 'held', 'due'],
          schedules.map(({ name, everyMinutes, isHeld, due }) => [name, everyMinutes, yes(isHeld), due]),
        ),
    }
  },
} as const satisfies Record<string, Question>

export const QUESTION_NAMES = Object.keys(QUESTIONS)

export const isQuestion = (what: string): what is keyof typeof QUESTIONS => Object.hasOwn(QUESTIONS, what)
