import { expect, test } from 'vitest'
import { bytesToGuid } from '#engine/store/guid'
import { writePlugin } from '#engine/store/plugins'
import { getStepJob, insertStepJob } from '#engine/store/step-jobs'
import type { SystemJobQuery } from '#engine/store/system-jobs'
import { countSystemJobs, findSystemJobs, getSystemJob, nextDueMs, nextSystemJob, systemJobStatements } from '#engine/store/system-jobs'
import { refusalOf, START_MS } from '../../support/engine.ts'
import { manifest, openStore, packageOf, step } from '../../support/store.ts'

const CONTEXT = JSON.stringify({
  messageName: 'Assign',
  requestId: '00000000-0000-7000-8000-000000000001',
  correlationId: '00000000-0000-7000-8000-000000000001',
  operationCreatedOn: '2026-01-31T12:00:00.000Z',
  inputParameters: {},
  outputParameters: {},
  sharedVariables: {},
})

const WAITING = { statecode: 0, statuscode: 0 }
const IN_PROGRESS = { statecode: 2, statuscode: 20 }
const SUCCEEDED = { statecode: 3, statuscode: 30 }
const FAILED = { statecode: 3, statuscode: 31 }
const ADMIN = 2
const UNIT = 1

/** A store with one asynchronous step and so many system jobs for it, named 1, 2, 3, … */
function storeWithJobs(count: number) {
  const { connection } = openStore()
  writePlugin(connection, {
    manifest: manifest({ steps: [step({ message: 'Assign', stage: 'PostOperation', mode: 'Async' })] }),
    pluginPackage: packageOf({ 'index.js': '' }),
    isEnabled: true,
    isDeveloped: false,
    agreement: null,
    nowMs: START_MS,
  })
  const guids = Array.from({ length: count }, (_, at) => guidOf(at + 1))
  connection.write(() => {
    for (const [at, guid] of guids.entries())
      insertStepJob(connection, {
        guid,
        name: String(at + 1),
        step: 1,
        user: ADMIN,
        context: CONTEXT,
        createdon: START_MS + at,
        createdby: ADMIN,
        ownerid: ADMIN,
        owningbusinessunit: UNIT,
        regardingobjectid: ADMIN,
        regarding_guid: Buffer.alloc(16, 0xee),
        primaryentitytype: 'systemuser',
        messagename: 'Assign',
        depth: 2,
        correlationid: Buffer.alloc(16, 0xc0),
        requestid: Buffer.alloc(16, 0xc1),
      })
  })
  const job = (number: number) => getStepJob(connection, number)
  const set = (number: number, codes: { statecode: number; statuscode: number }, nowMs = START_MS) =>
    systemJobStatements(connection).setState.run({
      number,
      ...codes,
      now: nowMs,
      started: codes.statuscode === 20 ? nowMs : null,
      completed: codes.statecode === 3 ? nowMs : null,
    })
  const postpone = (number: number, untilMs: number) => systemJobStatements(connection).postpone.run(untilMs, number)
  return { connection, job, set, postpone }
}

function guidOf(number: number): Buffer {
  const guid = Buffer.alloc(16)
  guid.writeUInt32BE(number)
  return guid
}

test('a system job waits from the start, with everything that its step is given', () => {
  const { job } = storeWithJobs(1)

  expect(job(1)).toEqual({
    number: 1,
    guid: guidOf(1),
    kind: 'step',
    name: '1',
    operationtype: 1,
    ...WAITING,
    retrycount: 0,
    postponeuntil: null,
    createdon: START_MS,
    startedon: null,
    completedon: null,
    modifiedon: START_MS,
    createdby: ADMIN,
    ownerid: ADMIN,
    owningbusinessunit: UNIT,
    regardingobjectid: ADMIN,
    regarding_guid: Buffer.alloc(16, 0xee),
    regarding_name: null,
    primaryentitytype: 'systemuser',
    messagename: 'Assign',
    message: null,
    friendlymessage: null,
    errorcode: null,
    hint: null,
    record: null,
    failed_run: null,
    depth: 2,
    correlationid: Buffer.alloc(16, 0xc0),
    requestid: Buffer.alloc(16, 0xc1),
    step: 1,
    user: ADMIN,
    context: CONTEXT,
    journal: null,
    plugin_name: 'watch',
    ordinal: 0,
  })
})

test('an unknown system job is said to be missing', () => {
  const { connection } = storeWithJobs(0)
  const id = bytesToGuid(Buffer.alloc(16, 9))

  expect(refusalOf(() => getSystemJob(connection, id))).toEqual({
    code: 'RECORD_NOT_FOUND',
    platformCode: '0x80040217',
    details: { id },
  })
})

const NONE_HELD = { upTo: 0, released: [] }

test('the oldest job that is due or under way comes next, of its kind and not taken by anybody', () => {
  const { connection, set, postpone } = storeWithJobs(4)
  const next = (nowMs = START_MS, except: string[] = []) =>
    nextSystemJob(connection, 'step', { nowMs, except, held: NONE_HELD, after: 0 })?.name

  expect(next()).toBe('1')
  expect(next(START_MS, [bytesToGuid(guidOf(1))])).toBe('2')
  set(1, SUCCEEDED)
  postpone(2, START_MS + 500)
  expect(next()).toBe('3')
  expect(next(START_MS + 500)).toBe('2')
  set(3, FAILED)
  set(4, IN_PROGRESS)
  expect(next()).toBe('4')
  expect(nextSystemJob(connection, 'cascade', { nowMs: START_MS, except: [], held: NONE_HELD, after: 0 })).toBeUndefined()
  for (const number of [2, 4]) set(number, FAILED)
  expect(next(START_MS + 500)).toBeUndefined()
})

test('the next due time is that of the earliest waiting job', () => {
  const { connection, set, postpone } = storeWithJobs(2)

  expect(nextDueMs(connection, 'step', { except: [], held: NONE_HELD })).toBe(0)
  postpone(1, START_MS + 500)
  postpone(2, START_MS + 300)
  expect(nextDueMs(connection, 'step', { except: [], held: NONE_HELD })).toBe(START_MS + 300)
  for (const number of [1, 2]) set(number, SUCCEEDED)
  expect(nextDueMs(connection, 'step', { except: [], held: NONE_HELD })).toBeUndefined()
})

test('a job keeps its first start', () => {
  const { job, set } = storeWithJobs(1)

  set(1, IN_PROGRESS, START_MS + 1)
  set(1, WAITING, START_MS + 2)
  set(1, IN_PROGRESS, START_MS + 9)
  set(1, SUCCEEDED, START_MS + 10)

  expect(job(1)).toMatchObject({ ...SUCCEEDED, startedon: START_MS + 1, completedon: START_MS + 10 })
})

test('jobs come newest first, a page at a time, of a kind, in a status or both, and are counted alike', () => {
  const { connection, set } = storeWithJobs(5)
  for (const number of [1, 4]) set(number, FAILED)
  const page = (query: SystemJobQuery) => [
    findSystemJobs(connection, query).map(({ number }) => number),
    countSystemJobs(connection, query),
  ]

  expect(page({ limit: 2 })).toEqual([[5, 4], 5])
  expect(page({ limit: 9, before: 4 })).toEqual([[3, 2, 1], 5])
  expect(page({ limit: 1, statuscode: 31 })).toEqual([[4], 2])
  expect(page({ kind: 'step', limit: 1, statuscode: 31, before: 4 })).toEqual([[1], 2])
  expect(page({ kind: 'cascade', limit: 9 })).toEqual([[], 0])
})

test('a page of any list, and the search for the next job, read no more rows of 100,000 jobs than of ten', () => {
  const { connection } = storeWithJobs(3)
  const planOf = (sql: string) =>
    (connection.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail)
  const plans: string[][] = []
  const prepare = connection.statement.bind(connection)
  connection.statement = ((sql: string) => {
    plans.push(planOf(sql.replaceAll(/:\w+|\?/g, '1')))
    return prepare(sql)
  }) as typeof connection.statement

  for (const kind of ['step', undefined] as const)
    for (const statuscode of [30, undefined]) {
      findSystemJobs(connection, { kind, statuscode, before: 3, limit: 2 })
      countSystemJobs(connection, { kind, statuscode })
    }
  connection.metadataChanged()
  nextSystemJob(connection, 'step', { nowMs: START_MS, except: [], held: NONE_HELD, after: 0 })

  const details = plans.flat().filter((detail) => detail.includes('_system_job'))
  expect(details.length).toBeGreaterThan(4)
  expect(details.filter((detail) => /^SCAN/.test(detail) || detail.includes('TEMP B-TREE'))).toEqual([])
  expect(plans.flat().filter((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([])
})
