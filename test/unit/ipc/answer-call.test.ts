import { expect, test } from 'vitest'
import type { BridgeMethod } from '#contract'
import { EngineError } from '#engine/contract/errors'
import { createAnswerCall } from '../../../main/ipc/answer-call.ts'
import { bridgeMethods } from '../../../main/ipc/bridge-methods.ts'
import type { MethodContext } from '../../../main/ipc/method.ts'

const GUID = '01920000-0000-7000-8000-000000000001'
const record = { table: 'account', id: GUID }
const assign = { operation: 'Assign', record, to: 'alice' }
const rule = { table: 'account', count: 3, owners: ['alice'], states: { 0: 0.5, 1: 0.5 } }
const HASH = '0123456789abcdef'.repeat(4)
const TOKEN = 'abcdefgh'.repeat(4)
const source = { token: TOKEN }
const install = { source, configuration: '', agreedTo: HASH, replace: false, isDeveloped: true }

const asked = (query: Record<string, unknown>) => ({ query, caller: GUID })

/** For each method an input that is right, and inputs that are not. */
const INPUTS: Record<BridgeMethod, { right: unknown[]; wrong: unknown[][] }> = {
  'app.info': { right: [], wrong: [[1]] },
  'environment.open': {
    right: [TOKEN],
    wrong: [[], ['/data/a.cascade'], [''], [`${TOKEN}x`], [{}], [TOKEN, TOKEN]],
  },
  'environment.create': {
    right: [{ file: { name: 'a.cascade' }, sample: true }],
    wrong: [
      [],
      [{ path: '/a', sample: true }],
      [{ file: { name: 'a' } }],
      [{ file: { name: 'a' }, sample: 'yes' }],
      ...['/a', '../a', 'a/b', 'a\\b', '..', '', 'a\0b', 'x'.repeat(201)].map((name) => [{ file: { name }, sample: true }]),
      [{ file: { token: '/a' }, sample: true }],
      [{ file: { name: 'a' }, sample: true, force: true }],
    ],
  },
  'environment.close': { right: [], wrong: [[null]] },
  'environment.forget': { right: [TOKEN], wrong: [[], [7], ['/data/a.cascade']] },
  'work.stop': { right: ['transfer'], wrong: [[], ['job'], [{}]] },
  'dialog.chooseOpen': { right: [{ kind: 'pluginFolder' }], wrong: [[], [{ kind: 'exe' }], ['csv']] },
  'dialog.chooseSave': { right: [{ suggestedName: 'a.cascade' }], wrong: [[], [{}], [{ suggestedName: 1 }]] },
  'dialog.withdraw': { right: [], wrong: [[1]] },
  'model.get': { right: [], wrong: [['account']] },
  'model.processes': { right: [], wrong: [['account']] },
  'model.changeRelationship': {
    right: [{ schemaName: 'account_contact', cascade: { Delete: 'Restrict' } }],
    wrong: [
      [],
      [{ schemaName: '', cascade: {} }],
      [{ schemaName: 'a', cascade: { Delete: 'Maybe' } }],
      [{ schemaName: 'a', cascade: { Explode: 'Cascade' } }],
    ],
  },
  'settings.get': { right: [], wrong: [[{}]] },
  'settings.change': {
    right: [{ batchSize: 500, thresholds: 'docs-current' }],
    wrong: [
      [],
      [{ pluginTraceLog: 'Some' }],
      [{ pluginMemoryMegabytes: 0 }],
      [{ batchSize: 0 }],
      [{ batchSize: 1.5 }],
      [{ thresholds: 'docs-1999' }],
      [{ thresholds: { Assign: 1 } }],
      [{ colour: 'red' }],
    ],
  },
  'records.find': {
    right: [asked({ table: 'account', search: 'con', filters: [{ column: 'name', operator: 'isNull' }], offset: 0, limit: 1000 })],
    wrong: [
      [],
      [asked({ table: 'account', offset: 0, limit: 1001 })],
      [asked({ table: 'account', offset: -1, limit: 10 })],
      [asked({ table: 'account', offset: 0, limit: 0 })],
      [asked({ table: 'account', offset: 0, limit: 10, filters: [{ column: 'name', operator: 'LIKE' }] })],
      [asked({ table: 'account', offset: 0, limit: 10, sort: { column: 'name', direction: 'up' } })],
      [asked({ table: 'account', offset: 0, limit: 10, where: '1=1' })],
    ],
  },
  'records.get': {
    right: [{ record, caller: GUID }],
    wrong: [
      [],
      [record],
      [{ record }],
      [{ record, caller: 'alice' }],
      [{ record: { table: 'account', id: '1' }, caller: GUID }],
      [{ record: { table: '', id: GUID }, caller: GUID }],
      [{ record: { table: 'account', id: GUID.toUpperCase().replace('1', 'A') }, caller: GUID }],
    ],
  },
  'records.counts': {
    right: [{ tables: null, caller: GUID }],
    wrong: [[], [1], [{ tables: null }], [{ tables: [1], caller: GUID }], [{ tables: null, caller: '' }]],
  },
  'records.create': {
    right: [{ table: 'account', values: { name: 'A', parent: record, tags: [1, 2], amount: 1.5, done: true, note: null }, caller: GUID }],
    wrong: [
      [],
      [{ table: 'account', values: { name: { nested: {} } }, caller: GUID }],
      [{ table: 'account', values: {}, caller: '' }],
      [{ table: 'account', values: [], caller: GUID }],
    ],
  },
  'records.update': {
    right: [{ record, values: { name: 'B' }, caller: GUID }],
    wrong: [[], [{ record: GUID, values: {}, caller: GUID }], [{ record, values: 'name', caller: GUID }]],
  },
  'principals.find': { right: ['ali'], wrong: [[], [7], ['x'.repeat(501)]] },
  'cascade.preview': {
    right: [{ request: assign, caller: GUID, mode: 'Auto' }],
    wrong: [
      [],
      [{ request: { operation: 'Explode', record }, caller: GUID, mode: 'Auto' }],
      [{ request: { operation: 'Assign', record }, caller: GUID, mode: 'Auto' }],
      [{ request: assign, caller: GUID, mode: 'Fast' }],
    ],
  },
  'cascade.planRows': {
    right: [asked({ planId: 'p', action: 'assign', offset: 0, limit: 100 })],
    wrong: [[], [asked({ planId: 'p', offset: 0 })], [asked({ planId: 'p', action: 'explode', offset: 0, limit: 1 })]],
  },
  'cascade.discard': {
    right: [{ planId: 'p', caller: GUID }],
    wrong: [[], [null], [''], [{ planId: 'p' }], [{ planId: '', caller: GUID }]],
  },
  'cascade.execute': {
    right: [
      {
        request: { operation: 'Merge', target: record, subordinate: record, parentingCheck: false },
        caller: GUID,
        mode: 'Async',
        planId: null,
      },
    ],
    wrong: [
      [],
      [{ request: assign, caller: GUID, mode: 'Auto' }],
      [{ request: { operation: 'Merge', target: record }, caller: GUID, mode: 'Auto', planId: null }],
    ],
  },
  'jobs.find': {
    right: [asked({ kind: 'step', status: 'Failed', before: GUID, limit: 100 })],
    wrong: [
      [],
      ['all'],
      [asked({})],
      [asked({ limit: 0 })],
      [asked({ limit: 10, before: '' })],
      [asked({ limit: 10, kind: 'import' })],
      [asked({ limit: 10, status: 'Lost' })],
    ],
  },
  'jobs.get': { right: [{ jobId: GUID, caller: GUID }], wrong: [[], [1], [''], [{ jobId: GUID }], [{ jobId: '', caller: GUID }]] },
  'jobs.pause': { right: [{ jobId: GUID, caller: GUID }], wrong: [[], [GUID], [{ caller: GUID }]] },
  'jobs.resume': { right: [{ jobId: GUID, caller: GUID }], wrong: [[], [GUID], [{ jobId: GUID }]] },
  'jobs.reexecute': { right: [{ jobId: GUID, caller: GUID }], wrong: [[], [{ caller: GUID }]] },
  'jobs.continue': { right: [], wrong: [[1], [{}]] },
  'jobs.cancel': { right: [{ jobId: GUID, caller: GUID }], wrong: [[], [{ jobId: '', caller: GUID }]] },
  'faults.get': { right: [], wrong: [[1]] },
  'faults.set': {
    right: [{ batchDelayMs: 200, failBatch: null }],
    wrong: [[], [{ batchDelayMs: -1, failBatch: null }], [{ batchDelayMs: 0, failBatch: 0 }], [{ batchDelayMs: 0 }]],
  },
  'faults.killWorker': { right: [], wrong: [['now']] },
  'users.change': {
    right: [{ userId: GUID, disabled: true }],
    wrong: [[], [{ disabled: true }], [{ userId: 'alice', disabled: true }], [{ userId: GUID, removed: 'yes' }]],
  },
  'plugins.find': { right: [], wrong: [['audit']] },
  'plugins.available': { right: [], wrong: [['/plugins']] },
  'plugins.check': {
    right: [{ source: { plugin: 'audit' }, configuration: 'rate: 0.5' }],
    wrong: [
      [],
      [TOKEN],
      [{ path: '/plugins/audit', configuration: '' }],
      [{ source }],
      [{ source: { token: '/audit' }, configuration: '' }],
    ],
  },
  'plugins.install': {
    right: [install],
    wrong: [
      [],
      [{ ...install, agreedTo: 'yes' }],
      [{ ...install, agreedTo: HASH.toUpperCase() }],
      [{ ...install, source: { path: '/plugins/audit' } }],
      [{ ...install, replace: null }],
      [{ ...install, isEnabled: true }],
      [{ source, configuration: '' }],
    ],
  },
  'plugins.enable': {
    right: [{ name: 'audit', agreedTo: null }],
    wrong: [[], ['audit'], [{ name: 'audit' }], [{ name: '', agreedTo: null }], [{ name: 'audit', agreedTo: true }]],
  },
  'plugins.disable': { right: ['audit'], wrong: [[], [''], [{ name: 'audit' }]] },
  'plugins.remove': { right: ['audit'], wrong: [[], [''], ['audit', true]] },
  'plugins.develop': { right: [{ name: 'audit', isDeveloped: true }], wrong: [[], ['audit'], [{ name: 'audit', isDeveloped: 1 }]] },
  'plugins.files': { right: ['audit'], wrong: [[], [null]] },
  'plugins.steps': {
    right: [{ table: 'account', message: 'Update' }],
    wrong: [[], [{ message: 'update' }], [{ table: '' }], [{ stage: 'PreOperation' }]],
  },
  'trace.find': {
    right: [
      asked({ plugin: 'audit', record, depth: 1, outcome: 'failed', onlyErrors: true, search: 'owner', before: 7, after: 0, limit: 1000 }),
    ],
    wrong: [
      [],
      [asked({})],
      [asked({ limit: 0 })],
      [asked({ limit: 1001 })],
      [asked({ limit: 1, depth: 0 })],
      [asked({ limit: 1, outcome: 'ok' })],
      [asked({ limit: 1, record: GUID })],
      [asked({ limit: 1, before: -1 })],
      [asked({ limit: 1, orderBy: 'number' })],
    ],
  },
  'trace.get': {
    right: [{ run: 1, caller: GUID }],
    wrong: [[], [1], [{ run: 0, caller: GUID }], [{ run: '1', caller: GUID }], [{ run: 1.5, caller: GUID }]],
  },
  'trace.tree': { right: [{ run: 1, caller: GUID }], wrong: [[], [{ run: 1 }], [{ run: 0, caller: GUID }], [{ run: null, caller: GUID }]] },
  'trace.times': {
    right: [{ jobId: null, caller: GUID }],
    wrong: [[], [null], [{ jobId: '', caller: GUID }], [{ jobId: 1, caller: GUID }]],
  },
  'trace.runAgain': { right: [{ run: 1, caller: GUID }], wrong: [[], [1], [{ run: 0, caller: GUID }], [{ run: 1, caller: '' }]] },
  'import.inspect': { right: [TOKEN], wrong: [[], ['/data/solution.zip'], [null]] },
  'import.run': {
    right: [{ token: TOKEN, options: { standard: true }, caller: GUID }],
    wrong: [
      [],
      [{ token: TOKEN, caller: GUID }],
      [{ token: TOKEN, options: { only: 'a' }, caller: GUID }],
      [{ token: '/data/s.zip', options: {}, caller: GUID }],
      [{ token: TOKEN, options: {} }],
    ],
  },
  'csv.inspect': { right: [TOKEN], wrong: [[], ['/data/a.csv']] },
  'csv.import': {
    right: [{ token: TOKEN, mapping: { table: 'account', columns: [{ from: 'Name', to: 'name' }] }, caller: GUID }],
    wrong: [
      [],
      [{ token: TOKEN, mapping: { table: 'account' }, caller: GUID }],
      [{ token: '/a.csv', mapping: { table: 'account', columns: [] }, caller: GUID }],
      [{ token: TOKEN, mapping: { table: 'account', columns: [] } }],
    ],
  },
  'generate.run': {
    right: [{ rules: [rule], caller: GUID }],
    wrong: [
      [],
      [{ rules: [], caller: GUID }],
      [{ rules: [{ ...rule, states: { active: 1 } }], caller: GUID }],
      [{ rules: [{ ...rule, count: -1 }], caller: GUID }],
    ],
  },
}

/** Nothing is open here, so that a right input gets as far as the session or the dialog and no further. */
const refuse = () => {
  throw new EngineError('ENVIRONMENT_UNUSABLE', 'No environment is open.')
}
const context: MethodContext = {
  session: {
    info: refuse,
    workbench: refuse,
    plugins: { available: refuse, check: refuse, install: refuse, enable: refuse, develop: refuse },
    files: { give: refuse, pathOf: refuse },
    pathOfNew: () => '/data/a.cascade',
    start: refuse,
    open: refuse,
    create: refuse,
    closeEnvironment: refuse,
    forget: refuse,
    subscribe: refuse,
    requestOpen: refuse,
    shutDown: refuse,
  },
  dialogs: { chooseOpen: refuse, chooseSave: refuse, confirmPermissions: refuse, withdraw: refuse },
  isUpload: () => false,
}
const answerCall = createAnswerCall(context)

test('every method is served, and no other', () => {
  expect(Object.keys(bridgeMethods(context)).sort()).toEqual(Object.keys(INPUTS).sort())
})

test.each(Object.entries(INPUTS))('%s takes the input of the contract', async (method, { right }) => {
  const answer = await answerCall(method, right)

  expect(answer).toMatchObject({ ok: false, error: { code: 'ENVIRONMENT_UNUSABLE' } })
})

test.each(Object.entries(INPUTS).flatMap(([method, { wrong }]) => wrong.map((input) => [method, input] as const)))(
  '%s refuses %j',
  async (method, input) => {
    const answer = await answerCall(method, input)

    expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID', details: { method } } })
  },
)

test('a refusal says where the input is wrong and what would be right', async () => {
  const answer = await answerCall('records.find', [
    asked({ table: 'account', offset: 0, limit: 5_000, filters: [{ column: 'name', operator: 'isNull', value: {} }] }),
  ])

  expect(answer).toMatchObject({
    error: {
      message:
        'records.find cannot take this input. ' +
        'input.query.filters[0].value: must be a text, a number, true or false, null, a reference { table, id } or a list of whole numbers. ' +
        'input.query.limit: Too big: expected number to be <=1000.',
    },
  })
})

test('a misspelt method is answered with the nearest one', async () => {
  const answer = await answerCall('record.find', [])

  expect(answer).toMatchObject({
    error: { code: 'INPUT_INVALID', message: 'There is no method "record.find". The nearest is "records.find".' },
  })
})

test.each(['constructor', '__proto__', 'hasOwnProperty', 'toString', 7, null, undefined, {}, []])('%j is no method', async (method) => {
  const answer = await answerCall(method, [])

  expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
})

test('an input without an end is refused', async () => {
  const endless: unknown[] = []
  endless.push(endless)

  const answer = await answerCall('records.get', [endless])

  expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
})

test('an optional value that is undefined counts as left out, as it does in JSON', async () => {
  const answer = await answerCall('records.find', [asked({ table: 'account', search: undefined, offset: 0, limit: 10 })])

  expect(answer).toMatchObject({ error: { code: 'ENVIRONMENT_UNUSABLE' } })
})

test("the engine's errors pass unchanged", async () => {
  const error = new EngineError('RECORD_HELD', 'Held by a job', { platform: 'SQLTimeout', hint: 'Wait.', details: { jobId: GUID } })
  const held = createAnswerCall({ ...context, session: { ...context.session, info: () => Promise.reject(error) } })

  const answer = await held('app.info', [])

  expect(answer).toEqual({
    ok: false,
    error: {
      code: 'RECORD_HELD',
      message: 'Held by a job',
      platformCode: '0x80044151',
      platformName: 'SQLTimeout',
      hint: 'Wait.',
      details: { jobId: GUID },
    },
  })
})
