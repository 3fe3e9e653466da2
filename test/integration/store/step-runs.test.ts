import { expect, test } from 'vitest'
import type { StepRunQuery } from '#engine/contract/trace'
import { cascadeJobStatements } from '#engine/store/cascade-jobs'
import { countRuns, findRunTree, findStepRuns, findStepTimes, findTraceTexts, readStepRunTexts } from '#engine/store/find-step-runs'
import { bytesToGuid } from '#engine/store/guid'
import { writePlugin } from '#engine/store/plugins'
import { describeRow } from '#engine/store/rows'
import type { NewRun } from '#engine/store/step-runs'
import { insertRuns, lastRunNumber, trimRuns } from '#engine/store/step-runs'
import { insertSystemJob } from '#engine/store/system-jobs'
import { refusalOf, START_MS } from '../../support/engine.ts'
import { manifest, openStore, packageOf, step } from '../../support/store.ts'

const CORRELATION = Buffer.alloc(16, 0xc0)
const JOB = Buffer.alloc(16, 0x0b)
/** Rows of a new environment: the business unit root and the user admin. */
const UNIT = 1
const ADMIN = 2

/** A store with two plug-ins: `watch` has the steps 1 (Update of systemuser, Pre) and 2 (Delete, Post), `count` has 3 (Update, Post). */
function storeWithSteps() {
  const { connection, model } = openStore()
  const install = (name: string, steps: ReturnType<typeof step>[]) =>
    writePlugin(connection, {
      manifest: manifest({ name, steps }),
      pluginPackage: packageOf({ 'index.js': '' }),
      isEnabled: true,
      isDeveloped: false,
      agreement: null,
      nowMs: START_MS,
    })
  install('watch', [step(), step({ ordinal: 1, message: 'Delete', stage: 'PostOperation', rank: 7 })])
  install('count', [step({ stage: 'PostOperation' })])
  const users = model.table('systemuser')
  const admin = describeRow(connection, users, ADMIN)
  const guid = Buffer.from(admin.id.replaceAll('-', ''), 'hex')
  const run = (given: Partial<NewRun> = {}): NewRun => ({
    step: 1,
    tableNumber: users.number,
    row: ADMIN,
    guid,
    depth: 1,
    parent: null,
    job: null,
    batch: null,
    attempt: null,
    correlation: CORRELATION,
    user: ADMIN,
    startedOnMs: START_MS,
    durationUs: 40,
    outcome: 'done',
    isCommitted: true,
    code: null,
    error: null,
    stack: null,
    trace: null,
    input: null,
    output: null,
    preImage: null,
    postImage: null,
    ...given,
  })
  const write = (...runs: Partial<NewRun>[]) => insertRuns(connection, runs.map(run))
  const find = (query: Partial<StepRunQuery> = {}) => findStepRuns(connection, model, { limit: 100, ...query })
  const numbers = (query: Partial<StepRunQuery> = {}) => find(query).runs.map(({ number }) => number)
  return { connection, model, admin, users, write, find, numbers }
}

/** A job's row, as much of it as the trace log shows. */
function addJob({ connection }: ReturnType<typeof storeWithSteps>): number {
  const number = insertSystemJob(connection, {
    guid: JOB,
    kind: 'cascade',
    name: 'Cascade Assign',
    operationtype: 90,
    createdon: START_MS,
    createdby: ADMIN,
    ownerid: ADMIN,
    owningbusinessunit: UNIT,
    regardingobjectid: ADMIN,
    regarding_guid: JOB,
    regarding_name: 'admin',
    primaryentitytype: 'systemuser',
    messagename: 'Assign',
    depth: 1,
    correlationid: CORRELATION,
    requestid: CORRELATION,
  })
  cascadeJobStatements(connection).insert.run({ job: number, operation: 'Assign', request: '{}', event: '{}', now: START_MS })
  return number
}

test('runs come back as they were written, newest first, with step, record, job and user by name [TL1]', () => {
  const store = storeWithSteps()
  const job = addJob(store)
  store.write(
    { step: 2, job, batch: 3, attempt: 2, depth: 4, durationUs: 1_234, trace: 'one\ntwo' },
    { step: 3, tableNumber: null, row: null, guid: null, outcome: 'failed', isCommitted: false, code: '0x80040224', error: 'No' },
  )

  expect(store.find()).toEqual({
    runs: [
      {
        number: 2,
        parent: null,
        plugin: 'count',
        pluginVersion: '1.0.0',
        step: 3,
        message: 'Update',
        stage: 'PostOperation',
        mode: 'Sync',
        rank: 1,
        record: null,
        depth: 1,
        job: null,
        correlationId: bytesToGuid(CORRELATION),
        user: 'admin',
        userId: store.admin.id,
        startedOnMs: START_MS,
        durationMicroseconds: 40,
        outcome: 'failed',
        isCommitted: false,
        code: '0x80040224',
        error: 'No',
        trace: '',
      },
      {
        number: 1,
        parent: null,
        plugin: 'watch',
        pluginVersion: '1.0.0',
        step: 2,
        message: 'Delete',
        stage: 'PostOperation',
        mode: 'Sync',
        rank: 7,
        record: store.admin,
        depth: 4,
        job: { id: bytesToGuid(JOB), name: 'Cascade Assign', batch: 3, attempt: 2 },
        correlationId: bytesToGuid(CORRELATION),
        user: 'admin',
        userId: store.admin.id,
        startedOnMs: START_MS,
        durationMicroseconds: 1_234,
        outcome: 'done',
        isCommitted: true,
        code: null,
        error: null,
        trace: 'one\ntwo',
      },
    ],
    hasMore: false,
  })
})

test('a record that is gone is known by its id, also where its row number is another’s now', () => {
  const store = storeWithSteps()
  const gone = { table: 'systemuser', id: bytesToGuid(Buffer.alloc(16, 1)), name: null }
  store.write({ row: 900, guid: Buffer.alloc(16, 1) }, { row: ADMIN, guid: Buffer.alloc(16, 1) }, { row: null, guid: Buffer.alloc(16, 1) })

  expect(store.find().runs.map(({ record }) => record)).toEqual([gone, gone, gone])
  expect(store.numbers({ record: gone })).toEqual([3, 2, 1])
  expect(store.numbers({ record: store.admin })).toEqual([])
})

test('each filter leaves out what does not fit, and filters add up [TL1]', () => {
  const store = storeWithSteps()
  const job = addJob(store)
  const units = store.model.table('businessunit').number
  const other = Buffer.alloc(16, 0xee)
  store.write(
    { step: 1, trace: 'Looked at Größe' },
    { step: 2, job, batch: 1, attempt: 1, depth: 2 },
    { step: 3, tableNumber: units, row: UNIT, guid: other, outcome: 'failed', error: 'Budget spent' },
    { step: 1, outcome: 'refused', correlation: other, depth: 2 },
  )
  const cases: [query: Partial<StepRunQuery>, found: number[]][] = [
    [{}, [4, 3, 2, 1]],
    [{ plugin: 'watch' }, [4, 2, 1]],
    [{ plugin: 'nobody' }, []],
    [{ step: 2 }, [2]],
    [{ table: 'businessunit' }, [3]],
    [{ record: store.admin }, [4, 2, 1]],
    [{ jobId: bytesToGuid(JOB) }, [2]],
    [{ jobId: bytesToGuid(other) }, []],
    [{ depth: 2 }, [4, 2]],
    [{ outcome: 'refused' }, [4]],
    [{ onlyErrors: true }, [4, 3]],
    [{ correlationId: bytesToGuid(other) }, [4]],
    [{ search: 'looked AT' }, [1]],
    [{ search: 'budget' }, [3]],
    [{ before: 3 }, [2, 1]],
    [{ after: 2 }, [4, 3]],
    [{ plugin: 'watch', onlyErrors: true, depth: 2 }, [4]],
    [{ record: store.admin, jobId: bytesToGuid(JOB), step: 1 }, []],
    [{ table: 'systemuser', before: 4, after: 1 }, [2]],
  ]

  expect(cases.map(([query]) => [query, store.numbers(query)])).toEqual(cases)
})

test('pages follow each other without a gap, and the last says that there is no more [TL1]', () => {
  const store = storeWithSteps()
  store.write(...Array.from({ length: 7 }, () => ({})))

  const pages = [
    store.find({ limit: 3 }),
    store.find({ limit: 3, before: 5 }),
    store.find({ limit: 3, before: 2 }),
    store.find({ limit: 7 }),
  ]

  expect(pages.map(({ runs, hasMore }) => [runs.map(({ number }) => number), hasMore])).toEqual([
    [[7, 6, 5], true],
    [[4, 3, 2], true],
    [[1], false],
    [[7, 6, 5, 4, 3, 2, 1], false],
  ])
})

test('a page of none or of too many, and a table that is not there, are refused', () => {
  const store = storeWithSteps()

  for (const limit of [0, 1_001, 1.5]) expect(refusalOf(() => store.find({ limit }))).toMatchObject({ code: 'INPUT_INVALID' })
  expect(refusalOf(() => store.find({ table: 'acount' }))).toMatchObject({ code: 'INPUT_INVALID', details: { table: 'acount' } })
})

test('what one request set off is a tree of its own, whichever of its runs is asked for [TL1]', () => {
  const store = storeWithSteps()
  store.write({}, { depth: 1 })
  store.write({}, { depth: 2, parent: 0 }, { depth: 3, parent: 1 }, { depth: 2, parent: 0 }, {}, { depth: 2, parent: 4 })
  store.write({})
  const tree = (number: number) => findRunTree(store.connection, store.model, number).map(({ number, parent }) => [number, parent])

  const whole = [
    [3, null],
    [4, 3],
    [5, 4],
    [6, 3],
  ]
  expect([3, 4, 5, 6].map(tree)).toEqual([whole, whole, whole, whole])
  expect(tree(8)).toEqual([
    [7, null],
    [8, 7],
  ])
  expect(tree(9)).toEqual([[9, null]])
  expect(tree(1)).toEqual([[1, null]])
})

test('the time of steps that a step set off is theirs, not its own [TL1]', () => {
  const store = storeWithSteps()
  store.write({ step: 1, durationUs: 100 }, { step: 3, durationUs: 60, parent: 0 }, { step: 3, durationUs: 20, parent: 1 })

  const found = findStepTimes(store.connection).map(({ step, totalMicroseconds, longestMicroseconds }) => [
    step,
    totalMicroseconds,
    longestMicroseconds,
  ])

  expect(found).toEqual([
    [3, 60, 60],
    [1, 40, 100],
  ])
})

test('times add up over the log or over one job, the longest in all first [TL1]', () => {
  const store = storeWithSteps()
  const job = addJob(store)
  store.write({ durationUs: 10 }, { durationUs: 30, outcome: 'failed' }, { step: 3, durationUs: 100, job }, { durationUs: 5, job })

  const times = { plugin: 'watch', step: 1, message: 'Update', stage: 'PreOperation', table: 'systemuser' }
  const others = { plugin: 'count', step: 3, message: 'Update', stage: 'PostOperation', table: 'systemuser' }
  expect(findStepTimes(store.connection)).toEqual([
    { ...others, runs: 1, failures: 0, totalMicroseconds: 100, longestMicroseconds: 100 },
    { ...times, runs: 3, failures: 1, totalMicroseconds: 45, longestMicroseconds: 30 },
  ])
  expect(findStepTimes(store.connection, bytesToGuid(JOB)).map(({ step, runs }) => [step, runs])).toEqual([
    [3, 1],
    [1, 1],
  ])
})

test('committed runs are counted by message, table, stage and plug-in; texts come from all runs, those of failed ones with their step [TL3]', () => {
  const store = storeWithSteps()
  store.write({ trace: 'before' })
  const after = lastRunNumber(store.connection)
  store.write({ trace: 'a\nb' }, { isCommitted: false, outcome: 'failed', trace: 'c' }, { step: 3 }, { step: 2 })
  const count = (filter: Partial<Parameters<typeof countRuns>[2]>) =>
    countRuns(store.connection, store.model, { after, message: 'Update', ...filter })

  expect([
    count({}),
    count({ after: 0 }),
    count({ message: 'Delete' }),
    count({ stage: 'PostOperation' }),
    count({ plugin: 'watch' }),
    count({ table: 'businessunit' }),
    count({ table: 'systemuser', stage: 'PreOperation', plugin: 'watch' }),
  ]).toEqual([2, 3, 1, 1, 1, 0, 1])
  expect(findTraceTexts(store.connection, after)).toEqual(['a', 'b', 'c', 'watch', expect.stringMatching(/^watch: Update/)])
})

test('long texts are read for one run', () => {
  const store = storeWithSteps()
  store.write({ stack: 'at', input: '{}', output: '{"target":1}', preImage: '{"a":1}', postImage: '{"a":2}' })

  expect(readStepRunTexts(store.connection, 1)).toEqual({
    stack: 'at',
    input: '{}',
    output: '{"target":1}',
    pre_image: '{"a":1}',
    post_image: '{"a":2}',
    plugin: 1,
  })
  expect(readStepRunTexts(store.connection, 2)).toBeUndefined()
})

test('the oldest runs make room, and no number is used again [TL2]', () => {
  const store = storeWithSteps()
  store.write(...Array.from({ length: 10 }, () => ({})))

  trimRuns(store.connection, 10)
  expect(store.numbers()).toHaveLength(10)
  trimRuns(store.connection, 3)
  expect(store.numbers()).toEqual([10, 9, 8])
  store.write({})
  expect(store.numbers()).toEqual([11, 10, 9, 8])
  expect(lastRunNumber(store.connection)).toBe(11)
})

test('a log that is far too long goes a part at a time [TL2]', () => {
  const store = storeWithSteps()
  store.write(...Array.from({ length: 25_000 }, () => ({})))
  const left = () => store.connection.db.prepare('SELECT count(*) FROM _step_run').pluck().get()

  const lengths = [1, 2, 3, 4].map(() => {
    trimRuns(store.connection, 1_000)
    return left()
  })

  expect(lengths).toEqual([15_000, 5_000, 1_000, 1_000])
})

test('an empty log has no last run, and nothing to trim', () => {
  const { connection } = openStore()

  trimRuns(connection, 5)
  insertRuns(connection, [])

  expect(lastRunNumber(connection)).toBe(0)
})
