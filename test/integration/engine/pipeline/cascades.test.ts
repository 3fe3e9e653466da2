import { expect, test } from 'vitest'
import type { Settings } from '#engine/contract/settings'
import type { StepContext } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'
import { inEnglish } from '#text/english'
import type { LabModel } from '../../../support/engine.ts'
import { refusalOf } from '../../../support/engine.ts'
import { eventOf, listenTo, openPipeline } from '../../../support/pipeline.ts'

const MODEL: LabModel = {
  tables: { account: { columns: { note: 'String' } }, contact: {}, visit: {}, task: {} },
  relationships: [
    'account > contact.accountid Assign=Cascade Delete=Cascade Merge=Cascade',
    'contact > visit.contactid Assign=Cascade Delete=Cascade',
    'account > task.accountid Assign=Cascade Delete=RemoveLink Merge=Cascade',
  ],
}

/** Two accounts; below A two contacts with a visit each, and a task. */
const openTree = (settings: Partial<Settings> = {}) =>
  openPipeline(MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: { C0: { accountid: 'A', ownerid: 'alice' }, C1: { accountid: 'A', ownerid: 'alice' } },
    visit: { V0: { contactid: 'C0', ownerid: 'alice' }, V1: { contactid: 'C1', ownerid: 'alice' } },
    task: { T: { accountid: 'A', ownerid: 'alice' } },
  })

type Tree = ReturnType<typeof openTree>

/** Steps on all stages of these messages on every table; a line for each, with the record’s name. */
function watch(lab: Tree, messages: Parameters<typeof listenTo>[0]): string[] {
  const seen: string[] = []
  const names = new Map(['A', 'B', 'C0', 'C1', 'V0', 'V1', 'T'].map((label) => [lab.refOf(label).id, label]))
  const say = (context: StepContext) => {
    if (names.has(context.primaryEntityId)) seen.push(`${names.get(context.primaryEntityId)} ${eventOf(context)}`)
  }
  lab.plugin('watch', ...listenTo(messages, say))
  return seen
}

const short = (lines: string[]) =>
  lines.map((line) =>
    line
      .replace(/(Pre|Post)(Validation|Operation) (\w+) \w+ /, '$1$2 $3 ')
      .replace('Operation', '')
      .replace('Validation', 'V'),
  )

test.each(['sync', 'async'] as const)(
  'deleted %s, each record goes through its own Delete, deepest first, as part of the root’s message [PG9, PG13]',
  (mode) => {
    const lab = openTree({ batchSize: 3 })
    const seen = watch(lab, ['Delete', 'Update'])

    lab[mode](lab.delete('A'))

    const own = (label: string, depth: number) => [
      `${label} PreV Delete ${depth}`,
      `${label} Pre Delete ${depth}`,
      `${label} Post Delete ${depth}`,
    ]
    const root = own('A', 1).slice(1)
    expect(short(seen)).toEqual([...own('V0', 2), ...own('V1', 2), ...own('C0', 2), ...own('C1', 2), ...root])
    expect(['account', 'contact', 'visit', 'task'].map((table) => lab.labels(table))).toEqual([['B'], [], [], ['T']])
    expect(lab.read('T', 'accountid')).toEqual({ accountid: null })
  },
)

test('between PreValidation and PreOperation of a delete its links are dealt with [PG9]', () => {
  const lab = openTree()
  const seen: unknown[] = []
  const look = ({ stage, service }: StepContext) => {
    const [task] = service.retrieveMultiple({ table: 'task', columns: ['accountid'] })
    seen.push([stage, task?.accountid === null, service.retrieveMultiple({ table: 'contact' }).length])
  }
  lab.plugin('watch', ...listenTo(['Delete'], look, { table: 'account' }))

  const { planId } = lab.engine.as('admin').planCascade(lab.delete('A'), 'Sync')
  lab.engine.as('admin').preValidate(lab.delete('A'))
  lab.engine.as('admin').executeSync(planId)

  expect(seen).toEqual([
    ['PreValidation', false, 2],
    ['PreOperation', true, 0],
    ['PostOperation', true, 0],
  ])
})

test.each(['sync', 'async'] as const)(
  'assigned %s, each record raises Update and Assign, root first, one level deeper below [PG10, PG13]',
  (mode) => {
    const lab = openTree({ batchSize: 2 })
    const seen = watch(lab, ['Update', 'Assign'])

    lab[mode](lab.assign('A', 'bob'))

    const stages = (label: string, depth: number, names: string[]) =>
      names.flatMap((stage) => [`${label} ${stage} Update ${depth}`, `${label} ${stage} Assign ${depth}`])
    const below = ['C0', 'C1', 'T', 'V0', 'V1'].flatMap((label) => stages(label, 2, ['PreV', 'Pre', 'Post']))
    expect(short(seen)).toEqual([...stages('A', 1, ['Pre', 'Post']), ...below])
    expect(Object.values({ ...lab.column('contact', 'ownerid'), ...lab.column('visit', 'ownerid') })).toEqual(['bob', 'bob', 'bob', 'bob'])
  },
)

test.each(['sync', 'async'] as const)(
  'merged %s: Merge once on the target, Update of its content, of each moved row, of the subordinate [PG11, PG13]',
  (mode) => {
    const lab = openTree({ batchSize: 2 })
    const seen = watch(lab, ['Merge', 'Update', 'SetState', 'Delete'])

    lab[mode](lab.merge('A', 'B', { content: { note: 'kept' }, parentingCheck: false }))

    const update = (label: string, name = 'Update') => ['PreV', 'Pre', 'Post'].map((stage) => `${label} ${stage} ${name} 2`)
    const both = ['PreV', 'Pre', 'Post'].flatMap((stage) => [`A ${stage} Update 2`, `A ${stage} SetState 2`])
    expect(short(seen)).toEqual([
      'B Pre Merge 1',
      ...update('B'),
      ...update('C0'),
      ...update('C1'),
      ...update('T'),
      ...both,
      'B Post Merge 1',
    ])
    expect(lab.column('contact', 'accountid')).toEqual({ C0: 'B', C1: 'B' })
    expect(lab.read('A', 'masterid')).toEqual({ masterid: 'B' })
  },
)

test.each([
  ['mergeRaisesUpdateOnTarget', ['C0 2', 'C1 2', 'T 2', 'A 2']],
  ['mergeRaisesUpdateOnMovedRows', ['B 2', 'A 2']],
  ['mergeRaisesUpdateOnSubordinate', ['B 2', 'C0 2', 'C1 2', 'T 2']],
  ['cascadedEventsAreDeeper', ['B 1', 'C0 1', 'C1 1', 'T 1', 'A 1']],
] as const)('without %s the same in both modes [PG11, PG13, JB7]', (setting, expected) => {
  const updates = (mode: 'sync' | 'async') => {
    const lab = openTree({ batchSize: 2, [setting]: false })
    const seen = watch(lab, ['Update'])
    lab[mode](lab.merge('A', 'B', { content: { note: 'kept' } }))
    expect(lab.read('B', 'note')).toEqual({ note: 'kept' })
    expect(lab.column('contact', 'accountid')).toEqual({ C0: 'B', C1: 'B' })
    expect(lab.read('A', 'merged', 'masterid')).toEqual({ merged: true, masterid: 'B' })
    return seen.filter((line) => line.includes('PostOperation')).map((line) => `${line.split(' ')[0]} ${line.at(-1)}`)
  }

  expect(updates('sync')).toEqual(expected)
  expect(updates('async')).toEqual(expected)
})

test.each(['sync', 'async'] as const)('run %s, Remove Link raises nothing unless the setting says so [PG12]', (mode) => {
  const events = (removeLinkRaisesUpdate: boolean) => {
    const lab = openTree({ removeLinkRaisesUpdate })
    const seen = watch(lab, ['Update'])
    lab[mode](lab.delete('A'))
    expect(lab.read('T', 'accountid')).toEqual({ accountid: null })
    return short(seen)
  }

  expect(events(false)).toEqual([])
  expect(events(true)).toEqual(['T PreV Update 2', 'T Pre Update 2', 'T Post Update 2'])
})

test('an assign to the present owner changes nothing below, and its steps see the request [PG14]', () => {
  const lab = openTree()
  const seen = watch(lab, ['Update', 'Assign'])
  const before = lab.everything()

  lab.sync(lab.assign('A', 'alice'))

  expect(short(seen)).toEqual(['A Pre Update 1', 'A Pre Assign 1', 'A Post Update 1', 'A Post Assign 1'])
  expect(lab.everything()).toEqual(before)
})

test('a cascade that a step starts runs inside its transaction, whatever its size [PG27]', () => {
  const lab = openTree({ thresholds: { Assign: 1, Delete: 1, Merge: 1 } })
  lab.plugin(
    'nest',
    { message: 'Create', table: 'account', stage: 'PostOperation', handler: ({ service }) => service.delete('account', lab.refOf('A').id) },
    {
      message: 'Update',
      table: 'account',
      stage: 'PostOperation',
      handler() {
        throw new InvalidPluginExecutionError('undone')
      },
    },
  )
  lab.plugin('watch', {
    message: 'Delete',
    table: 'visit',
    stage: 'PostOperation',
    handler: ({ isInTransaction, depth, trace }) => trace(`${isInTransaction} ${depth} ${lab.committed('SELECT * FROM visit').length}`),
  })

  lab.create('account', 'N')

  expect(lab.engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs).toEqual([])
  expect([lab.labels('account'), lab.labels('contact'), lab.labels('visit')]).toEqual([['B', 'N'], [], []])
  expect(lab.runs().map(({ trace }) => trace)).toEqual(['', 'true 3 2', 'true 3 2'])
})

test('and is undone with it [PG27, PG23]', () => {
  const lab = openTree()
  lab.plugin(
    'nest',
    {
      message: 'Create',
      table: 'account',
      stage: 'PostOperation',
      rank: 1,
      handler: ({ service }) => service.delete('account', lab.refOf('A').id),
    },
    { message: 'Delete', table: 'visit', stage: 'PostOperation', handler: () => {} },
    {
      message: 'Create',
      table: 'account',
      stage: 'PostOperation',
      rank: 2,
      handler() {
        throw new InvalidPluginExecutionError('undone')
      },
    },
  )
  const before = lab.everything()

  expect(refusalOf(() => lab.create('account', 'N'))).toMatchObject({ platformCode: '0x80040265' })

  expect(lab.everything()).toEqual(before)
  expect(lab.runs().map(({ message, outcome, isCommitted }) => `${message} ${outcome} ${isCommitted}`)).toEqual([
    'Create done false',
    'Delete done false',
    'Delete done false',
    'Create refused false',
  ])
})

test('with pluginsBlockAsync a step on any table of a cascade makes it synchronous, and the preview says why [PG28]', () => {
  const lab = openTree({ pluginsBlockAsync: true, thresholds: { Assign: 1, Delete: 1, Merge: 1 } })
  const { mode } = lab.plan(lab.delete('A'))
  lab.plugin('elsewhere', { message: 'Delete', table: 'account', stage: 'PostOperation', handler: () => {} })
  lab.plugin('deep', { message: 'Update', table: 'visit', stage: 'PreOperation', handler: () => {} })

  const deletion = lab.plan(lab.delete('A'))
  const assign = lab.plan(lab.assign('A', 'bob'), 'Async')
  lab.engine.disablePlugin('deep')
  const free = lab.plan(lab.assign('A', 'bob'))
  lab.engine.disablePlugin('elsewhere')
  const freeDelete = lab.plan(lab.delete('A'))

  expect(mode).toBe('Async')
  expect([deletion.mode, assign.mode, free.mode, freeDelete.mode]).toEqual(['Sync', 'Sync', 'Async', 'Async'])
  expect(inEnglish(assign.modeReason)).toMatch(/plug-in/i)
  expect(assign.modeReason).not.toEqual(free.modeReason)
})

test('the preview says which steps will fire, in their order, on how many records [PG29]', () => {
  const lab = openTree()
  const nothing = () => {}
  lab.plugin(
    'watch',
    { message: 'Update', table: 'contact', stage: 'PostOperation', handler: nothing },
    { message: 'Update', table: 'contact', stage: 'PreOperation', filteringAttributes: ['ownerid'], handler: nothing },
    { message: 'Assign', stage: 'PostOperation', mode: 'Async', handler: nothing },
    { message: 'Delete', table: 'visit', stage: 'PreValidation', handler: nothing },
    { message: 'Merge', table: 'account', stage: 'PostOperation', handler: nothing },
    { message: 'Update', table: 'task', stage: 'PostOperation', handler: nothing },
  )
  const stepsOf = (request: Parameters<typeof lab.plan>[0]) =>
    lab.plan(request).steps.map(({ step, table, records }) => `${step.message} ${step.stage} ${step.mode} on ${table}: ${records}`)

  const assign = stepsOf(lab.assign('A', 'bob'))
  const deletion = stepsOf(lab.delete('A'))
  const merge = stepsOf(lab.merge('A', 'B'))
  lab.engine.disablePlugin('watch')

  expect(assign.toSorted()).toEqual(
    [
      'Update PreOperation Sync on contact: 2',
      'Update PostOperation Sync on contact: 2',
      'Update PostOperation Sync on task: 1',
      ...['account: 1', 'contact: 2', 'task: 1', 'visit: 2'].map((end) => `Assign PostOperation Async on ${end}`),
    ].toSorted(),
  )
  expect(assign.indexOf('Update PreOperation Sync on contact: 2')).toBeLessThan(assign.indexOf('Update PostOperation Sync on contact: 2'))
  expect(deletion).toEqual(['Delete PreValidation Sync on visit: 2'])
  expect(merge.toSorted()).toEqual(
    [
      'Merge PostOperation Sync on account: 1',
      'Update PreOperation Sync on contact: 2',
      'Update PostOperation Sync on contact: 2',
      'Update PostOperation Sync on task: 1',
    ].toSorted(),
  )
  expect(stepsOf(lab.delete('A'))).toEqual([])
})

test.each(['sync', 'async'] as const)('deleted %s, what a step puts below a record that is about to go goes with it [DL8, PG9]', (mode) => {
  const lab = openTree({ batchSize: 2 })
  lab.plugin('late', {
    message: 'Delete',
    table: 'visit',
    stage: 'PostOperation',
    handler: ({ service, primaryEntityId }) => {
      service.create('contact', { name: `late ${primaryEntityId.at(-1)}`, accountid: lab.refOf('A').id })
    },
  })

  lab[mode](lab.delete('A'))

  expect(lab.labels('contact')).toEqual([])
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('a step that puts a restricting row below one that is about to go stops the delete [DL3, PG9]', () => {
  const lab = openPipeline({
    tables: { account: {}, contact: {}, task: {} },
    relationships: ['account > contact.accountid Delete=Cascade', 'account > task.accountid Delete=Restrict'],
  }).rows({ account: { A: {} }, contact: { C: { accountid: 'A' } } })
  lab.plugin('late', {
    message: 'Delete',
    table: 'contact',
    stage: 'PostOperation',
    handler: ({ service }) => void service.create('task', { name: 'late', accountid: lab.refOf('A').id }),
  })
  const before = lab.everything()

  expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({ code: 'CASCADE_REFUSED', platformCode: '0x80040227' })

  expect(lab.everything()).toEqual(before)
})

test.each(['sync', 'async'] as const)(
  'deleted %s, what steps put below it at the last moment, or below one another, goes too [DL8, PG9]',
  (mode) => {
    const lab = openTree({ batchSize: 2 })
    let more = 4
    const putBelow = ({ service, primaryEntityName, primaryEntityId }: StepContext) => {
      if (more-- <= 0) return
      if (primaryEntityName === 'account') service.create('contact', { name: 'late', accountid: primaryEntityId })
      else service.create('visit', { name: 'late', contactid: primaryEntityId })
    }
    lab.plugin(
      'late',
      { message: 'Delete', table: 'account', stage: 'PreOperation', handler: putBelow },
      { message: 'Delete', table: 'contact', stage: 'PreOperation', handler: putBelow },
      { message: 'Delete', table: 'contact', stage: 'PreValidation', handler: putBelow },
    )

    lab[mode](lab.delete('A'))

    expect(more).toBeLessThan(1)
    expect([lab.labels('account'), lab.labels('contact'), lab.labels('visit')]).toEqual([['B'], [], []])
    expect(lab.engine.checkIntegrity()).toEqual([])
  },
)

test.each([
  ['beside it', (lab: Tree) => lab.refOf('A').id],
  ['below it', (_: Tree, { primaryEntityId }: StepContext) => primaryEntityId],
])('a step that puts another record %s whenever one goes ends as an infinite loop [PG19, PG9]', (_, parent) => {
  const lab = openPipeline({
    tables: { account: {} },
    relationships: ['account > account.parentid Delete=Cascade'],
  }).rows({ account: { A: {}, B: { parentid: 'A' } } })
  lab.plugin('endless', {
    message: 'Delete',
    table: 'account',
    stage: 'PreValidation',
    handler: (context) => void context.service.create('account', { name: 'again', parentid: parent(lab, context) }),
  })
  const before = lab.everything()

  expect(refusalOf(() => lab.sync(lab.delete('A')))).toMatchObject({ code: 'PIPELINE_TOO_DEEP', platformCode: '0x80044182' })

  expect(lab.everything()).toEqual(before)
})

test.each(['sync', 'async'] as const)(
  'merged %s, a step that deletes the target stops the merge, and nothing points to what is gone [PG11]',
  (mode) => {
    const lab = openTree({ batchSize: 10 })
    lab.plugin('disturb', {
      message: 'Update',
      table: 'contact',
      stage: 'PostOperation',
      filteringAttributes: ['accountid'],
      handler: ({ service, primaryEntityId }) => {
        if (primaryEntityId === lab.refOf('C0').id) service.delete('account', lab.refOf('B').id)
      },
    })

    if (mode === 'sync') expect(refusalOf(() => lab.sync(lab.merge('A', 'B'))).code).toBe('RECORD_NOT_FOUND')
    else expect(lab.async(lab.merge('A', 'B')).job).toMatchObject({ status: 'Paused', errorCode: '0x80040217' })

    expect(lab.engine.checkIntegrity()).toEqual([])
    expect(lab.column('contact', 'accountid')).toMatchObject({ C1: 'A' })
  },
)
