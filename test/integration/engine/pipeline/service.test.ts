import { expect, test } from 'vitest'
import type { OrganizationServiceFault, StepContext } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'
import type { LabModel } from '../../../support/engine.ts'
import { refusalOf, START_MS } from '../../../support/engine.ts'
import { openPipeline, Stopped } from '../../../support/pipeline.ts'
import { tracedLines } from '../../../support/traced-lines.ts'

const MODEL: LabModel = {
  tables: {
    account: { columns: { note: 'String' } },
    contact: { columns: { note: 'String' } },
    task: {},
  },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade Merge=Cascade', 'contact > task.contactid Delete=Restrict'],
}

const openTree = (settings = {}) =>
  openPipeline(MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: { C: { accountid: 'A', ownerid: 'alice' } },
  })

const onCreate = { message: 'Create', table: 'task', stage: 'PostOperation' } as const

function caught(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as OrganizationServiceFault).code
  }
  return 'nothing'
}

test('the service writes in the transaction of the step, one level deeper, in the name of its user [PG18]', () => {
  const lab = openTree()
  const nested: unknown[] = []
  const nameOf = (id: string) => lab.engine.findPrincipals('').find((user) => user.id === id)?.name
  lab.plugin(
    'write',
    {
      ...onCreate,
      runAs: 'carol',
      handler({ service }) {
        service.update('account', lab.refOf('A').id, { note: 'written' })
        service.create('account', { name: 'N' })
      },
    },
    {
      message: 'Update',
      table: 'account',
      stage: 'PostOperation',
      handler: ({ depth, isInTransaction, userId, initiatingUserId, parentContext }) =>
        void nested.push([
          depth,
          isInTransaction,
          nameOf(userId),
          nameOf(initiatingUserId),
          parentContext?.messageName,
          parentContext?.depth,
        ]),
    },
  )

  lab.create('task', 'T', {}, 'bob')

  expect(nested).toEqual([[2, true, 'carol', 'bob', 'Create', 1]])
  expect(lab.read('A', 'note', 'modifiedby')).toEqual({ note: 'written', modifiedby: 'carol' })
  expect(lab.column('account', 'ownerid')).toMatchObject({ N: 'carol' })
  expect(lab.runs().map(({ user, depth, message }) => `${message} ${depth} ${user}`)).toEqual(['Create 1 carol', 'Update 2 carol'])
})

test('an owner is a name, a reference, or a GUID such as that of the user [PG18]', () => {
  const lab = openTree()
  const owned: number[] = []
  lab.plugin('own', {
    ...onCreate,
    handler({ service, userId }) {
      service.assign('account', lab.refOf('A').id, userId)
      service.update('account', lab.refOf('B').id, { ownerid: { table: 'systemuser', id: userId } })
      service.create('contact', { name: 'N', ownerid: userId.toUpperCase() })
      owned.push(service.retrieveMultiple({ table: 'account', where: { ownerid: userId } }).length)
    },
  })

  lab.create('task', 'T', {}, 'bob')

  expect(owned).toEqual([2])
  expect(lab.column('account', 'ownerid')).toEqual({ A: 'bob', B: 'bob' })
  expect(lab.column('contact', 'ownerid')).toMatchObject({ N: 'bob' })
})

test('a record made after a call that failed is not taken for the one that was undone with it [PG18]', () => {
  const lab = openTree()
  let read: unknown
  let second = ''
  lab.plugin(
    'twice',
    {
      ...onCreate,
      handler({ service }) {
        caught(() => service.create('account', { name: 'first' }))
        second = service.create('account', { name: 'second' })
        const contact = service.create('contact', { name: 'of the second', accountid: second })
        read = service.retrieve('contact', contact, ['accountid']).accountid
      },
    },
    {
      message: 'Create',
      table: 'account',
      stage: 'PostOperation',
      handler({ target, primaryEntityId, service }) {
        if (target.name !== 'first') return
        const contact = service.create('contact', { name: 'of the first', accountid: primaryEntityId })
        service.retrieve('contact', contact, ['accountid'])
        throw new InvalidPluginExecutionError('No first one')
      },
    },
  )

  lab.create('task', 'T')

  expect(read).toBe(second)
})

test.each<[string, string, (service: StepContext['service'], lab: ReturnType<typeof openTree>) => unknown]>([
  ['create', '', (service) => service.create('task', { nosuch: 1 })],
  ['create', '', (service, lab) => service.create('account', { accountid: lab.refOf('B').id, name: 'twice' })],
  ['update', '0x80040217', (service) => service.update('account', '00000000-0000-0000-0000-00000000dead', { note: 'x' })],
  ['delete', '0x80040227', (service, lab) => service.delete('account', lab.refOf('A').id)],
  ['assign', '0x80040225', (service, lab) => service.assign('account', lab.refOf('A').id, 'dora')],
  ['merge', '0x80045305', (service, lab) => service.merge({ table: 'account', target: lab.refOf('A').id, subordinate: lab.refOf('A').id })],
  ['retrieve', '0x80040217', (service) => service.retrieve('account', '00000000-0000-0000-0000-00000000dead')],
  ['setState', '', (service, lab) => service.setState('account', lab.refOf('A').id, 'closed' as never)],
  ['grantAccess', '0x80040214', (service, lab) => service.grantAccess('account', lab.refOf('A').id, 'alice', ['Read'])],
  ['revokeAccess', '0x8004020C', (service, lab) => service.revokeAccess('account', lab.refOf('A').id, 'nobody')],
])('%s that fails leaves nothing behind, and the step that catches its fault (%s) goes on [PG18]', (_, code, call) => {
  const lab = openTree()
  lab.create('task', 'R', { contactid: 'C' })
  const codes: string[] = []
  lab.plugin(
    'try',
    {
      ...onCreate,
      handler({ service }) {
        service.update('account', lab.refOf('B').id, { note: 'before' })
        codes.push(caught(() => call(service, lab)))
        service.create('contact', { name: 'after' })
      },
    },
    // A write of a step within the call that fails is undone with it.
    {
      message: 'Delete',
      table: 'contact',
      stage: 'PreValidation',
      handler: ({ service }) => void service.create('contact', { name: 'undone' }),
    },
  )

  lab.create('task', 'T')

  expect(codes).toEqual([code])
  expect(lab.labels('contact')).toEqual(['C', 'after'])
  expect(lab.labels('task')).toEqual(['R', 'T'])
  expect(lab.column('account', 'note')).toEqual({ A: null, B: 'before' })
  expect(lab.column('account', 'ownerid')).toEqual({ A: 'alice', B: 'alice' })
})

test('what a caught fault undid is no part of what was committed, in the log either [PG18, PG23]', () => {
  const lab = openTree()
  lab.plugin(
    'try',
    { ...onCreate, handler: ({ service }) => void caught(() => service.update('account', lab.refOf('A').id, { note: 'x' })) },
    {
      message: 'Update',
      table: 'account',
      stage: 'PreOperation',
      handler: ({ service }) => void service.create('contact', { name: 'lost' }),
    },
    { message: 'Create', table: 'contact', stage: 'PostOperation', handler: ({ trace }) => trace('made') },
    {
      message: 'Update',
      table: 'account',
      stage: 'PostOperation',
      handler() {
        throw new InvalidPluginExecutionError('No')
      },
    },
  )

  lab.create('task', 'T')

  expect(
    lab.runs().map(({ message, outcome, isCommitted, trace, depth }) => `${depth} ${message} ${outcome} ${isCommitted} ${trace}`),
  ).toEqual(['1 Create done true ', '2 Update done false ', '3 Create done false made', '2 Update refused false '])
  const numbers = lab.runs().map(({ number }) => number)
  expect(lab.runs().map(({ parent }) => (parent === null ? null : numbers.indexOf(parent)))).toEqual([null, 0, 1, 0])
})

test('asynchronous steps that a caught fault set off are undone with it [PG18, PG15]', async () => {
  const lab = openTree()
  lab.plugin(
    'try',
    {
      ...onCreate,
      handler({ service }) {
        caught(() => service.update('account', lab.refOf('A').id, { note: 'refused' }))
        service.update('account', lab.refOf('B').id, { note: 'fine' })
      },
    },
    {
      message: 'Update',
      table: 'account',
      stage: 'PostOperation',
      rank: 1,
      mode: 'Async',
      handler: ({ trace, target }) => trace(String(target.note)),
    },
    {
      message: 'Update',
      table: 'contact',
      stage: 'PostOperation',
      handler() {
        throw new InvalidPluginExecutionError('No')
      },
    },
    {
      message: 'Update',
      table: 'account',
      stage: 'PostOperation',
      filteringAttributes: ['note'],
      handler({ target, service }) {
        if (target.note === 'refused') service.update('contact', lab.refOf('C').id, { note: 'x' })
      },
    },
  )

  lab.create('task', 'T')
  await lab.runSteps()

  expect(tracedLines(lab.engine.as('admin'))).toEqual(['fine'])
})

test('a request more than maxDepth deep is refused and names the chain of plug-ins [PG19]', () => {
  const lab = openTree({ maxDepth: 3 })
  lab.plugin('loop', {
    message: 'Update',
    table: 'account',
    stage: 'PostOperation',
    handler: ({ service, primaryEntityId, depth }) => service.update('account', primaryEntityId, { note: `${depth}` }),
  })
  const before = lab.everything()

  const refusal = refusalOf(() => lab.update('A', { note: '0' }))

  const step = 'loop: Update of account, PostOperation'
  expect(refusal).toEqual({ code: 'PIPELINE_TOO_DEEP', platformCode: '0x80044182', details: { chain: [step, step, step], maxDepth: 3 } })
  expect(lab.everything()).toEqual(before)
  expect(lab.runs().map(({ depth, outcome, code }) => [depth, outcome, code])).toEqual(
    [1, 2, 3].map((depth) => [depth, 'failed', '0x80044182']),
  )
})

test('the depth of a cascade’s records counts, whichever mode it runs in [PG19, PG13]', () => {
  for (const mode of ['sync', 'async'] as const) {
    const lab = openTree({ maxDepth: 2 })
    const codes: string[] = []
    lab.plugin('deep', {
      message: 'Update',
      stage: 'PostOperation',
      filteringAttributes: ['ownerid'],
      handler: ({ service, primaryEntityName, depth }) =>
        void codes.push(`${primaryEntityName} ${depth} ${caught(() => service.create('task', { name: 'made' }))}`),
    })

    lab[mode](lab.assign('A', 'bob'))

    expect(codes).toEqual(['account 1 nothing', 'contact 2 0x80044182'])
  }
})

test.each<[string, () => void, { code: string; platformCode: string }, string]>([
  [
    'a business refusal',
    () => {
      throw new InvalidPluginExecutionError('Closed accounts keep their owner')
    },
    { code: 'PLUGIN_REFUSED', platformCode: '0x80040265' },
    'refused',
  ],
  [
    'an error',
    () => {
      throw new TypeError('x is no function')
    },
    { code: 'PLUGIN_FAILED', platformCode: '0x80040224' },
    'failed',
  ],
  [
    'anything thrown',
    () => {
      throw { toString: () => 'neither an error nor a refusal' } as never
    },
    { code: 'PLUGIN_FAILED', platformCode: '0x80040224' },
    'failed',
  ],
  [
    'running out of time',
    () => {
      throw new Stopped('timeout')
    },
    { code: 'PLUGIN_FAILED', platformCode: '0x80081111' },
    'failed',
  ],
  [
    'taking too much memory',
    () => {
      throw new Stopped('memory')
    },
    { code: 'PLUGIN_FAILED', platformCode: '0x80040224' },
    'failed',
  ],
])('%s ends the transaction with its code, and is blamed on plug-in and step [PG20, PG22]', (_, handler, expected, outcome) => {
  const lab = openTree()
  lab.plugin('bad', { message: 'Update', table: 'account', stage: 'PreOperation', handler })

  const refusal = refusalOf(() => lab.update('A', { note: 'new' }))

  expect(refusal).toMatchObject({
    ...expected,
    details: { plugin: 'bad', step: 'bad: Update of account, PreOperation', stage: 'PreOperation', message: 'Update' },
  })
  expect(lab.runs()).toMatchObject([{ plugin: 'bad', outcome, code: expected.platformCode, isCommitted: false }])
  expect(lab.read('A', 'note')).toEqual({ note: null })
})

test('a refusal keeps its words and its code through every step above it; another fault becomes the failure of the step that let it pass [PG20]', () => {
  const lab = openTree()
  const nest = (table: string, id: () => string) => ({
    ...onCreate,
    handler: ({ service, target }: StepContext) => {
      if (target.name === table) service.update(table, id(), { note: 'x' })
    },
  })
  lab.plugin(
    'nest',
    nest('contact', () => lab.refOf('C').id),
    nest('account', () => '00000000-0000-0000-0000-00000000dead'),
  )
  lab.plugin('refuse', {
    message: 'Update',
    table: 'contact',
    stage: 'PreOperation',
    handler() {
      throw new InvalidPluginExecutionError('Contacts stay')
    },
  })

  const refused = refusalOf(() => lab.create('task', 'contact'))
  const failed = refusalOf(() => lab.create('task', 'account'))

  expect(refused).toMatchObject({ code: 'PLUGIN_REFUSED', platformCode: '0x80040265', details: { plugin: 'refuse' } })
  expect(failed).toMatchObject({ code: 'PLUGIN_FAILED', platformCode: '0x80040224', details: { plugin: 'nest' } })
  expect(
    lab
      .runs()
      .flatMap(({ plugin, error }) => (error === null ? [] : [[plugin, error.includes('Contacts stay'), error.includes('0x80040217')]])),
  ).toEqual([
    ['nest', true, false],
    ['refuse', true, false],
    ['nest', false, true],
  ])
  const last = lab.engine.as('admin').getStepRun(lab.runs().at(-1)?.number ?? 0)
  expect(last.stack).toMatch(/service\.test\.ts/)
})

test('a synchronous step that returns a promise fails, and says so [PG21]', () => {
  const lab = openTree()
  lab.plugin('promise', { message: 'Update', table: 'account', stage: 'PreOperation', handler: async () => {} })

  const refusal = refusalOf(() => lab.update('A', { note: 'new' }))

  expect(refusal).toMatchObject({ code: 'PLUGIN_FAILED', platformCode: '0x80040224', details: { plugin: 'promise' } })
  expect(lab.runs()[0]?.error).toMatch(/promise/)
  expect(lab.read('A', 'note')).toEqual({ note: null })
})

test('the steps of one operation share its time, with all that they ask for; the next operation begins afresh [PG22]', () => {
  const lab = openTree({ pluginTimeoutSeconds: 100 })
  const takes = (seconds: number) => () => {
    lab.nowMs += seconds * 1_000
  }
  lab.plugin(
    'slow',
    { message: 'Update', table: 'account', stage: 'PreValidation', handler: takes(10) },
    {
      message: 'Update',
      table: 'account',
      stage: 'PreOperation',
      handler({ service }) {
        lab.nowMs += 20_000
        service.update('contact', lab.refOf('C').id, { note: 'x' })
        lab.nowMs += 5_000
      },
    },
    { message: 'Update', table: 'contact', stage: 'PostOperation', handler: takes(30) },
    { message: 'Update', table: 'account', stage: 'PostOperation', handler: takes(1) },
  )

  lab.update('A', { note: 'new' })
  const first = lab.runtime.limits.splice(0)
  lab.update('A', { note: 'newer' })

  expect(first).toEqual([100_000, 90_000, 70_000, 35_000])
  expect(lab.runtime.limits[0]).toBe(100_000)
  expect(lab.runs().map(({ startedOnMs }) => startedOnMs - START_MS)).toEqual(
    [0, 10, 30, 65, 66, 76, 96, 131].map((seconds) => seconds * 1_000),
  )
})

test('each record of a job has the whole time for itself [PG22, PG24]', () => {
  const lab = openTree({ pluginTimeoutSeconds: 100 })
  lab.plugin('slow', {
    message: 'Update',
    stage: 'PostOperation',
    handler() {
      lab.nowMs += 60_000
    },
  })

  lab.async(lab.assign('A', 'bob'))
  const inJob = lab.runtime.limits.splice(0)
  lab.sync(lab.assign('A', 'carol'))

  expect(inJob).toEqual([100_000, 100_000])
  expect(lab.runtime.limits).toEqual([100_000, 40_000])
})
