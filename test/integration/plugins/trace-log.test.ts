import { expect, test } from 'vitest'
import { environmentMethods } from '#engine/api/environment'
import { organizationService } from '#engine/api/organization-service'
import { pluginMethods } from '#engine/api/plugins'
import { traceMethods } from '#engine/api/trace'
import { bind } from '#engine/contract/method'
import { Pipeline } from '#engine/pipeline/pipeline'
import { Session } from '#engine/session/session'
import { describeRow } from '#engine/store/rows'
import type { NewRun } from '#engine/store/step-runs'
import { insertRuns } from '#engine/store/step-runs'
import { countedIds, refusalOf, START_MS } from '../../support/engine.ts'
import { entryText, FakeRuntime } from '../../support/fake-runtime.ts'
import { openStore, packageOf } from '../../support/store.ts'

const ADMIN = 2

/** An environment with the plug-in `watch`, whose step 1 ran or waits on the user admin. */
function openLog() {
  const { connection, model, path } = openStore()
  const session = new Session(connection, { path, now: () => START_MS, newId: countedIds(), mode: 'open', plugins: new FakeRuntime() })
  const pipeline = new Pipeline(session, organizationService)
  const verbs = bind({ ...environmentMethods, ...pluginMethods, ...traceMethods }, () => ({ session, pipeline }))
  verbs.installPlugin(packageOf({ 'index.js': entryText() }), { isEnabled: true })
  const users = model.table('systemuser')
  const admin = describeRow(connection, users, ADMIN)
  const guid = Buffer.from(admin.id.replaceAll('-', ''), 'hex')
  const write = (given: Partial<NewRun>) =>
    insertRuns(connection, [
      {
        step: 1,
        tableNumber: users.number,
        row: ADMIN,
        guid,
        depth: 1,
        parent: null,
        job: null,
        batch: null,
        attempt: null,
        correlation: Buffer.alloc(16, 0xc0),
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
      },
    ])
  return { verbs, connection, users, admin, write }
}

const INPUT = JSON.stringify({ messageName: 'Update', target: { name: 'A' }, inputParameters: { x: 1 }, sharedVariables: { y: 2 } })

test('one run is read with everything that went in and came out [TL1]', () => {
  const { verbs, write, admin } = openLog()
  write({
    input: INPUT,
    output: JSON.stringify({ target: { name: 'B' }, sharedVariables: {}, outputParameters: {} }),
    preImage: '{"name":"A"}',
    postImage: '{"name":"B"}',
    stack: 'at index.ts:3',
  })

  expect(verbs.getStepRun(1)).toMatchObject({
    run: { number: 1, plugin: 'watch', record: admin },
    input: { target: { name: 'A' }, inputParameters: { x: 1 }, sharedVariables: { y: 2 } },
    output: { target: { name: 'B' }, sharedVariables: {} },
    preImage: { name: 'A' },
    postImage: { name: 'B' },
    stack: 'at index.ts:3',
    canRunAgain: true,
  })
})

test('a run can be run again while its step is installed, its record is there and its input was kept [TL1]', () => {
  const { verbs, write } = openLog()
  write({ input: INPUT })
  write({ input: INPUT, row: 900, guid: Buffer.alloc(16, 9) })
  write({ input: null })
  write({ input: INPUT, tableNumber: null, row: null, guid: null })
  const canRunAgain = () => [1, 2, 3, 4].map((number) => verbs.getStepRun(number).canRunAgain)

  expect(canRunAgain()).toEqual([true, false, false, true])
  verbs.removePlugin('watch')
  expect(canRunAgain()).toEqual([false, false, false, false])
})

test('a run of which little was kept has empty inputs and no images [TL1]', () => {
  const { verbs, write } = openLog()
  write({})

  expect(verbs.getStepRun(1)).toMatchObject({
    input: { target: {}, inputParameters: {}, sharedVariables: {} },
    output: null,
    preImage: null,
    postImage: null,
    stack: null,
  })
})

test('a run that has made room is said to be missing', () => {
  const { verbs } = openLog()

  expect(refusalOf(() => verbs.getStepRun(7))).toMatchObject({ code: 'RECORD_NOT_FOUND', details: { run: 7 } })
})

test('the log of a removed plug-in goes on saying what ran [PI2]', () => {
  const { verbs, write } = openLog()
  write({ trace: 'looked' })
  verbs.removePlugin('watch')

  expect(verbs.findStepRuns({ limit: 10 }).runs).toMatchObject([{ plugin: 'watch', pluginVersion: '1.0.0', message: 'Update' }])
  expect(verbs.findStepTimes()).toMatchObject([{ plugin: 'watch', runs: 1 }])
  expect(verbs.findRunTree(1)).toHaveLength(1)
  expect([verbs.lastRun(), verbs.countStepRuns({ after: 0, message: 'Update' }), verbs.findTraceTexts(0)]).toEqual([1, 1, ['looked']])
})
