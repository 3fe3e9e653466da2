import { expect, test } from 'vitest'
import type { StepContext } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'
import type { LabModel } from '../../../support/engine.ts'
import { refusalOf } from '../../../support/engine.ts'
import { eventOf, listenTo, openPipeline } from '../../../support/pipeline.ts'

const MODEL: LabModel = { tables: { account: { columns: { note: 'String' } }, contact: {}, log: {} }, relationships: [] }

const openAccount = () => openPipeline(MODEL).rows({ account: { A: { ownerid: 'alice', note: 'old' } } })

const refuse = (message: string) => () => {
  throw new InvalidPluginExecutionError(message)
}

test('stages run one after the other, in each by rank, equal ranks by the plug-ins’ names and then as listed [PG1]', () => {
  const lab = openAccount()
  const seen: string[] = []
  const say =
    (name: string) =>
    ({ stage, isInTransaction }: StepContext) =>
      void seen.push(`${stage} ${name} ${isInTransaction}`)
  const update = { message: 'Update', table: 'account' } as const
  lab.plugin(
    'zebra',
    { ...update, stage: 'PostOperation', rank: 1, handler: say('zebra 1') },
    { ...update, stage: 'PreOperation', rank: 2, handler: say('zebra 2') },
    { ...update, stage: 'PreOperation', rank: 1, handler: say('zebra 1, first') },
    { ...update, stage: 'PreOperation', rank: 1, handler: say('zebra 1, second') },
    { ...update, stage: 'PreValidation', rank: 9, handler: say('zebra 9') },
  )
  lab.plugin(
    'ant',
    { ...update, stage: 'PostOperation', rank: 5, handler: say('ant 5') },
    { ...update, stage: 'PreOperation', rank: 1, handler: say('ant 1') },
    { ...update, stage: 'PreValidation', rank: 10, handler: say('ant 10') },
  )

  lab.update('A', { note: 'new' })

  expect(seen).toEqual([
    'PreValidation zebra 9 false',
    'PreValidation ant 10 false',
    'PreOperation ant 1 true',
    'PreOperation zebra 1, first true',
    'PreOperation zebra 1, second true',
    'PreOperation zebra 2 true',
    'PostOperation zebra 1 true',
    'PostOperation ant 5 true',
  ])
  expect(lab.runs().map(({ plugin, stage, rank }) => `${stage} ${plugin} ${rank}`)).toEqual(
    seen.map((line) => line.split(/[ ,]/).slice(0, 3).join(' ')),
  )
})

test('steps of all the messages of one request stand in one order of ranks [PG1, PG8]', () => {
  const lab = openAccount()
  const seen: string[] = []
  const step = (message: 'Update' | 'SetState', rank: number) =>
    ({ message, table: 'account', stage: 'PostOperation', rank, handler: () => void seen.push(`${message} ${rank}`) }) as const
  lab.plugin('watch', step('Update', 3), step('SetState', 2), step('Update', 1), step('SetState', 4))

  lab.update('A', { statecode: 1 })

  expect(seen).toEqual(['Update 1', 'SetState 2', 'Update 3', 'SetState 4'])
})

test('a step hears its message on its table, or on all; a filter looks at what the request holds, changed or not [PG2]', () => {
  const lab = openAccount()
  lab.rows({ contact: { C: {} } })
  const seen: string[] = []
  const say =
    (name: string) =>
    ({ primaryEntityName }: StepContext) =>
      void seen.push(`${name}: ${primaryEntityName}`)
  lab.plugin(
    'watch',
    { message: 'Update', table: 'account', stage: 'PostOperation', handler: say('account') },
    { message: 'Update', stage: 'PostOperation', handler: say('every table') },
    { message: 'Update', table: 'account', stage: 'PostOperation', filteringAttributes: ['note'], handler: say('note') },
    { message: 'Update', table: 'account', stage: 'PostOperation', filteringAttributes: ['name', 'note'], handler: say('name or note') },
  )

  lab.update('A', { note: 'old' })
  const unchanged = seen.splice(0)
  lab.update('A', { name: 'Z' })
  const other = seen.splice(0)
  lab.update('C', { name: 'D' })

  expect(unchanged).toEqual(['account: account', 'every table: account', 'note: account', 'name or note: account'])
  expect(other).toEqual(['account: account', 'every table: account', 'name or note: account'])
  expect(seen).toEqual(['every table: contact'])
})

test('a filter looks at what was asked for, not at what an earlier step put into the target [PG2, PG4]', () => {
  const lab = openAccount()
  const seen: string[] = []
  lab.plugin(
    'watch',
    { message: 'Update', table: 'account', stage: 'PreOperation', rank: 1, handler: ({ target }) => void (target.note = 'by a step') },
    {
      message: 'Update',
      table: 'account',
      stage: 'PreOperation',
      rank: 2,
      filteringAttributes: ['note'],
      handler: () => void seen.push('ran'),
    },
  )

  lab.update('A', { name: 'Z' })

  expect(lab.read('A', 'note')).toEqual({ note: 'by a step' })
  expect(seen).toEqual([])
})

test('what PreValidation asks for is committed before the transaction begins; within a transaction it is part of it [PG3]', () => {
  const lab = openAccount()
  const committed: number[] = []
  lab.plugin('watch', {
    message: 'Update',
    stage: 'PreValidation',
    handler({ service, primaryEntityName, isInTransaction }) {
      service.create('log', { name: `${primaryEntityName} ${isInTransaction}` })
      committed.push(lab.committed('SELECT * FROM log').length)
    },
  })
  lab.plugin('nest', {
    message: 'Create',
    table: 'contact',
    stage: 'PostOperation',
    handler: ({ service, primaryEntityId }) => service.update('contact', primaryEntityId, { name: 'nested' }),
  })

  lab.update('A', { note: 'new' })
  lab.create('contact', 'C')

  expect(lab.labels('log')).toEqual(['account false', 'contact true'])
  expect(committed).toEqual([1, 1])
})

test('what PreValidation asked for stays where the request is refused afterwards, and the log says so [PG3, PG23]', () => {
  const lab = openAccount()
  lab.plugin(
    'watch',
    {
      message: 'Update',
      table: 'account',
      stage: 'PreValidation',
      handler: ({ service }) => void service.create('log', { name: 'before' }),
    },
    { message: 'Create', table: 'log', stage: 'PostOperation', handler: () => {} },
    { message: 'Update', table: 'account', stage: 'PreOperation', handler: refuse('No') },
  )

  expect(refusalOf(() => lab.update('A', { note: 'new' }))).toMatchObject({ code: 'PLUGIN_REFUSED' })

  expect(lab.labels('log')).toEqual(['before'])
  expect(lab.runs().map(({ stage, message, isCommitted }) => `${stage} ${message} ${isCommitted}`)).toEqual([
    'PreValidation Update true',
    'PostOperation Create true',
    'PreOperation Update false',
  ])
})

test('also where the very step refuses that has asked for it [PG3, PG23]', () => {
  const lab = openAccount()
  lab.plugin(
    'watch',
    { message: 'Create', table: 'log', stage: 'PostOperation', handler: () => {} },
    {
      message: 'Update',
      table: 'account',
      stage: 'PreValidation',
      handler({ service }) {
        service.create('log', { name: 'before' })
        throw new InvalidPluginExecutionError('No')
      },
    },
  )

  expect(refusalOf(() => lab.update('A', { note: 'new' }))).toMatchObject({ code: 'PLUGIN_REFUSED' })

  expect(lab.labels('log')).toEqual(['before'])
  expect(lab.runs().map(({ stage, message, outcome, isCommitted }) => `${stage} ${message} ${outcome} ${isCommitted}`)).toEqual([
    'PreValidation Update refused false',
    'PostOperation Create done true',
  ])
})

test('Pre stages change the columns of Create and Update, later steps see them, PostOperation comes too late [PG4]', () => {
  const lab = openAccount()
  const seen: unknown[] = []
  for (const message of ['Create', 'Update'] as const)
    lab.plugin(
      `change ${message}`,
      { message, table: 'account', stage: 'PreValidation', handler: ({ target }) => void (target.note = `${target.note} 10`) },
      { message, table: 'account', stage: 'PreOperation', handler: ({ target }) => void (target.note = `${target.note} 20`) },
      { message, table: 'account', stage: 'PostOperation', rank: 1, handler: ({ target }) => void (target.note = `${target.note} 40`) },
      { message, table: 'account', stage: 'PostOperation', rank: 2, handler: ({ target }) => void seen.push(target.note) },
    )

  lab.create('account', 'B', { note: 'made' })
  lab.update('A', { note: 'new' })

  expect(lab.column('account', 'note')).toEqual({ A: 'new 10 20', B: 'made 10 20' })
  expect(seen).toEqual(['made 10 20', 'new 10 20'])
})

test('a Pre step takes columns away and adds others, also an owner and a state [PG4]', () => {
  const lab = openAccount()
  lab.plugin('change', {
    message: 'Update',
    table: 'account',
    stage: 'PreOperation',
    filteringAttributes: ['name'],
    handler({ target }) {
      delete target.name
      target.note = 'instead'
      target.statecode = 1
      target.ownerid = 'bob' as never
    },
  })

  lab.update('A', { name: 'Z' })

  expect(lab.read('A', 'name', 'note', 'ownerid', 'statecode', 'statuscode')).toMatchObject({ name: 'A', note: 'instead', ownerid: 'bob' })
  expect(lab.column('account', 'statecode')).toEqual({ A: 1 })
})

test('an update of owner, state and other columns: PreValidation once, the later stages for each group, in one transaction [PG7, PG8]', () => {
  const lab = openAccount()
  const seen: string[] = []
  const say = (context: StepContext) => seen.push(`${eventOf(context)}: ${Object.keys(context.target).join(' ')}`)
  lab.plugin('watch', ...listenTo(['Update', 'Assign', 'SetState'], say, { table: 'account' }))

  const { request, options } = lab.engine.as('admin').preValidate(lab.assign('A', 'bob'), {
    asUpdate: true,
    otherColumns: { note: 'new', statecode: 1 },
  })
  const before = seen.splice(0)
  const { planId } = lab.engine.as('admin').planCascade(request, 'Sync')
  lab.engine.as('admin').executeSync(planId, options)

  expect(before).toEqual([
    'PreValidation Update account 1: note statecode ownerid',
    'PreValidation Assign account 1: table id',
    'PreValidation SetState account 1: table id',
  ])
  expect(seen).toEqual([
    'PreOperation Update account 1: note',
    'PostOperation Update account 1: note',
    'PreOperation Update account 1: statecode',
    'PreOperation SetState account 1: table id',
    'PostOperation Update account 1: statecode',
    'PostOperation SetState account 1: table id',
    'PreOperation Update account 1: ownerid',
    'PreOperation Assign account 1: table id',
    'PostOperation Update account 1: ownerid',
    'PostOperation Assign account 1: table id',
  ])
  expect(lab.read('A', 'note', 'statecode', 'ownerid')).toMatchObject({ note: 'new', ownerid: 'bob' })
  expect(new Set(lab.runs().map(({ correlationId }) => correlationId)).size).toBe(1)
})

test('the last group’s refusal undoes the groups before it [PG7, PG23]', () => {
  const lab = openAccount()
  lab.plugin('refuse', { message: 'Assign', table: 'account', stage: 'PostOperation', handler: refuse('Not to bob') })
  const before = lab.everything()
  const { request, options } = lab.engine.as('admin').preValidate(lab.assign('A', 'bob'), {
    asUpdate: true,
    otherColumns: { note: 'new', statecode: 1 },
  })
  const { planId } = lab.engine.as('admin').planCascade(request, 'Sync')

  expect(refusalOf(() => lab.engine.as('admin').executeSync(planId, options))).toMatchObject({ platformCode: '0x80040265' })

  expect(lab.everything()).toEqual(before)
})

test.each([
  ['ownerChangeRaisesAssign', true, ['Update', 'Assign']],
  ['ownerChangeRaisesAssign', false, ['Assign']],
] as const)('with %s %s an assign raises %j [PG8]', (setting, value, messages) => {
  const lab = openAccount()
  lab.engine.changeSettings({ [setting]: value })
  const seen: string[] = []
  lab.plugin(
    'watch',
    ...listenTo(['Update', 'Assign'], ({ messageName }) => seen.push(messageName), { table: 'account', stage: 'PreOperation' }),
  )

  lab.sync(lab.assign('A', 'bob'))

  expect([...new Set(seen)]).toEqual(messages)
})

test('an update of the owner raises Update alone where it raises no Assign [PG8]', () => {
  const lab = openAccount()
  lab.engine.changeSettings({ ownerChangeRaisesAssign: false, stateChangeRaisesSetState: false })
  const seen: string[] = []
  lab.plugin('watch', ...listenTo(['Update', 'Assign', 'SetState'], ({ messageName }) => seen.push(messageName), { table: 'account' }))

  const { request, options } = lab.engine.as('admin').preValidate(lab.assign('A', 'bob'), { asUpdate: true })
  lab.engine.as('admin').executeSync(lab.engine.as('admin').planCascade(request, 'Sync').planId, options)
  lab.update('A', { statecode: 1 })

  expect([...new Set(seen)]).toEqual(['Update'])
  expect(lab.read('A', 'ownerid')).toEqual({ ownerid: 'bob' })
})

test('what does not fit in a target that a step has changed is said to be its doing [PG4, PG20]', () => {
  const lab = openAccount()
  lab.plugin('typist', {
    message: 'Update',
    table: 'account',
    stage: 'PreOperation',
    handler: ({ target }) => void (target.colour = 'red'),
  })

  const refusal = refusalOf(() => lab.update('A', { note: 'new' }))

  expect(refusal).toMatchObject({
    code: 'INPUT_INVALID',
    details: { plugin: 'typist', step: 'typist: Update of account, PreOperation', column: 'colour' },
  })
  expect(lab.column('account', 'note')).toEqual({ A: 'old' })
})

test('the loading of a module is no time of its first step [TL1]', () => {
  const lab = openAccount()
  const definition = lab.runtime.load.bind(lab.runtime)
  lab.runtime.load = (...given) => {
    lab.nowMs += 5_000
    return definition(...given)
  }
  lab.plugin('slow-to-load', { message: 'Update', table: 'account', stage: 'PreOperation', handler: () => void (lab.nowMs += 7) })

  lab.update('A', { note: 'new' })

  expect(lab.runs().map(({ durationMicroseconds }) => durationMicroseconds)).toEqual([7_000])
})
