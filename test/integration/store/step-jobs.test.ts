import { expect, test } from 'vitest'
import { bytesToGuid } from '#engine/store/guid'
import { writePlugin } from '#engine/store/plugins'
import {
  failStepJob,
  findStepJobRows,
  getStepJobRow,
  insertStepJob,
  nextStepDueMs,
  nextStepJob,
  postponeStepJob,
  recoverStepJobs,
  setStepJobState,
} from '#engine/store/step-jobs'
import { refusalOf, START_MS } from '../../support/engine.ts'
import { manifest, openStore, packageOf, step } from '../../support/store.ts'

const WAITING = { statecode: 0, statuscode: 0 }
const IN_PROGRESS = { statecode: 2, statuscode: 20 }
const SUCCEEDED = { statecode: 3, statuscode: 30 }
const FAILED = { statecode: 3, statuscode: 31 }
const ADMIN = 2

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
  const guids = Array.from({ length: count }, (_, at) => Buffer.alloc(16, at + 1))
  for (const [at, guid] of guids.entries())
    insertStepJob(connection, {
      guid,
      name: String(at + 1),
      step: 1,
      createdOnMs: START_MS + at,
      createdBy: ADMIN,
      user: ADMIN,
      tableNumber: 1,
      row: ADMIN,
      regardingGuid: Buffer.alloc(16, 0xee),
      depth: 2,
      correlation: Buffer.alloc(16, 0xc0),
      context: '{"messageName":"Assign"}',
    })
  const job = (number: number) => getStepJobRow(connection, bytesToGuid(guids[number - 1] as Buffer))
  return { connection, job }
}

test('a system job waits from the start, with everything that its step is given', () => {
  const { job } = storeWithJobs(1)

  expect(job(1)).toEqual({
    number: 1,
    guid: Buffer.alloc(16, 1),
    name: '1',
    step: 1,
    ...WAITING,
    retrycount: 0,
    postponeuntil: null,
    createdon: START_MS,
    startedon: null,
    completedon: null,
    createdby: ADMIN,
    user: ADMIN,
    table_number: 1,
    row: ADMIN,
    regarding_guid: Buffer.alloc(16, 0xee),
    depth: 2,
    correlation: Buffer.alloc(16, 0xc0),
    context: '{"messageName":"Assign"}',
    journal: null,
    message: null,
    errorcode: null,
    plugin_name: 'watch',
    message_name: 'Assign',
    ordinal: 0,
  })
})

test('an unknown system job is said to be missing', () => {
  const { connection } = storeWithJobs(0)
  const id = bytesToGuid(Buffer.alloc(16, 9))

  expect(refusalOf(() => getStepJobRow(connection, id))).toEqual({
    code: 'RECORD_NOT_FOUND',
    platformCode: '0x80040217',
    details: { id },
  })
})

test('the oldest job that is due comes next, one that was under way before all', () => {
  const { connection, job } = storeWithJobs(4)
  const next = (nowMs = START_MS) => nextStepJob(connection, nowMs)?.name

  expect(next()).toBe('1')
  setStepJobState(connection, job(1).number, SUCCEEDED)
  postponeStepJob(connection, job(2).number, START_MS + 500)
  expect(next()).toBe('3')
  expect(next(START_MS + 500)).toBe('2')
  setStepJobState(connection, job(4).number, IN_PROGRESS)
  expect(next(START_MS + 500)).toBe('4')
  for (const number of [2, 3, 4]) setStepJobState(connection, number, FAILED)
  expect(next(START_MS + 500)).toBeUndefined()
})

test('the next due time is that of the earliest waiting job', () => {
  const { connection } = storeWithJobs(2)

  expect(nextStepDueMs(connection)).toBe(0)
  postponeStepJob(connection, 1, START_MS + 500)
  postponeStepJob(connection, 2, START_MS + 300)
  expect(nextStepDueMs(connection)).toBe(START_MS + 300)
  for (const number of [1, 2]) setStepJobState(connection, number, SUCCEEDED)
  expect(nextStepDueMs(connection)).toBeUndefined()
})

test('a job keeps its first start, counts its later tries, and forgets what went wrong once it went well', () => {
  const { connection, job } = storeWithJobs(1)

  setStepJobState(connection, 1, IN_PROGRESS, { startedOnMs: START_MS + 1 })
  failStepJob(connection, 1, { message: 'No network', code: '0x80040224' })
  postponeStepJob(connection, 1, START_MS + 9)
  setStepJobState(connection, 1, WAITING)
  expect(job(1)).toMatchObject({
    ...WAITING,
    startedon: START_MS + 1,
    retrycount: 1,
    postponeuntil: START_MS + 9,
    message: 'No network',
    errorcode: '0x80040224',
  })

  setStepJobState(connection, 1, IN_PROGRESS, { startedOnMs: START_MS + 9 })
  failStepJob(connection, 1, null)
  setStepJobState(connection, 1, SUCCEEDED, { completedOnMs: START_MS + 10 })
  expect(job(1)).toMatchObject({ ...SUCCEEDED, startedon: START_MS + 1, completedon: START_MS + 10, message: null, errorcode: null })
})

test('jobs that were under way when the file was closed wait again, others stay as they are', () => {
  const { connection, job } = storeWithJobs(3)
  setStepJobState(connection, 1, IN_PROGRESS)
  setStepJobState(connection, 2, FAILED)

  expect(recoverStepJobs(connection, WAITING)).toBe(1)

  expect([1, 2, 3].map((number) => job(number).statuscode)).toEqual([0, 31, 0])
})

test('jobs come newest first, a page at a time, all or only those that failed', () => {
  const { connection } = storeWithJobs(5)
  for (const number of [1, 4]) setStepJobState(connection, number, FAILED)
  const page = (query: Parameters<typeof findStepJobRows>[1]) => {
    const { rows, total } = findStepJobRows(connection, query)
    return [rows.map(({ number }) => number), total]
  }

  expect(page({ limit: 2 })).toEqual([[5, 4], 5])
  expect(page({ limit: 9, before: 4 })).toEqual([[3, 2, 1], 5])
  expect(page({ limit: 1, onlyFailed: true })).toEqual([[4], 2])
  expect(page({ limit: 1, onlyFailed: true, before: 4 })).toEqual([[1], 2])
})
