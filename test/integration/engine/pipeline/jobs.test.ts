import { expect, test } from 'vitest'
import type { CascadeRequest } from '#engine/contract/cascades'
import type { Job } from '#engine/contract/jobs'
import type { StepContext } from '#plugin-api'
import { inEnglish } from '#text/english'
import { refusalOf } from '../../../support/engine.ts'
import { bobs, openTree, seenOutside, TREE_MODEL, type Tree } from '../../../support/job-tree.ts'
import { listenTo, openPipeline } from '../../../support/pipeline.ts'
import { runJob } from '../../../support/run-job.ts'

test('in a job each record with steps is committed, with all that they wrote and the job’s position, before the next begins [PG24]', () => {
  const lab = openTree({ batchSize: 4 }, 3)
  const seen: string[] = []
  lab.plugin('look', {
    message: 'Update',
    table: 'contact',
    stage: 'PostOperation',
    handler({ service, job }) {
      service.create('task', { name: 'made' })
      seen.push(`batch ${job?.batch}, ${seenOutside(lab)}`)
    },
  })

  lab.async(lab.assign('A', 'bob'))

  expect(seen).toEqual(['batch 1, 1:  + 0', 'batch 1, 2: C0 + 1', 'batch 1, 3: C0 C1 + 2'])
  expect(seenOutside(lab)).toBe('7: C0 C1 C2 + 3')
})

test('records without steps share a transaction with the job’s position, those with steps between them do not [PG24]', () => {
  let transactions = 0
  const lab = openPipeline(TREE_MODEL, { settings: { batchSize: 100 }, turns: { enter: () => {}, leave: () => transactions++ } }).rows({
    account: { A: { ownerid: 'alice' } },
    visit: { V0: { accountid: 'A' }, V1: { accountid: 'A' } },
    contact: { C0: { accountid: 'A' }, C1: { accountid: 'A' } },
    task: {},
  })
  lab.rows({ visit: { V2: { accountid: 'A' }, V3: { accountid: 'A' } } })
  lab.plugin('look', { message: 'Update', table: 'contact', stage: 'PostOperation', handler: () => {} })
  const { id } = lab.job(lab.assign('A', 'bob'))
  transactions = 0

  runJob(lab.engine, id, Number.MAX_SAFE_INTEGER)

  expect(lab.engine.as('admin').getJob(id).job).toMatchObject({ status: 'Completed', processed: 7, batches: 1 })
  // The move to In Progress; the hold; account and two visits; each contact; two visits.
  expect(transactions).toBe(6)
})

test('the records of the whole batch are held until its last one has committed [PG24, HO1]', () => {
  const lab = openTree({ batchSize: 4 })
  lab.plugin('look', { message: 'Update', table: 'contact', stage: 'PostOperation', handler: () => {} })
  const other = lab.another()
  const job = lab.job(lab.assign('A', 'bob'))

  const first = lab.batch(job)
  const held = ['A', 'C0', 'C2'].map((label) => refusalOf(() => other.as('carol').updateRecord(lab.refOf(label), { note: 'x' })).code)
  other.as('carol').updateRecord(lab.refOf('C3'), { note: 'free' })
  const rest = [lab.batch(job), lab.batch(job), lab.batch(job)]
  other.as('carol').updateRecord(lab.refOf('C2'), { note: 'free again' })

  expect(first).toMatchObject({ status: 'In Progress', processed: 1, batches: 0 })
  expect(held).toEqual(['RECORD_HELD', 'RECORD_HELD', 'RECORD_HELD'])
  expect(rest.map(({ processed, batches }) => [processed, batches])).toEqual([
    [2, 0],
    [3, 0],
    [4, 1],
  ])
  expect(lab.column('contact', 'note')).toMatchObject({ C2: 'free again', C3: 'free' })
})

test('a batch whose time is over is left half done and gone on with, not begun again [PG24]', () => {
  const lab = openTree({ batchSize: 6 })
  const seen: string[] = []
  lab.plugin('look', {
    message: 'Update',
    table: 'contact',
    stage: 'PostOperation',
    handler({ job, preImage }) {
      lab.nowMs += 10
      seen.push(`${preImage.name} ${job?.batch}`)
    },
    preImage: ['name'],
  })
  const { id } = lab.job(lab.assign('A', 'bob'))
  const progress: Pick<Job, 'processed' | 'batches'>[] = []

  for (let { job } = lab.engine.as('admin').getJob(id); job.statecode !== 3; ) {
    job = runJob(lab.engine, id, lab.nowMs + 15)
    progress.push({ processed: job.processed, batches: job.batches })
  }

  expect(progress.map(({ processed, batches }) => `${processed} in ${batches}`)).toEqual(['3 in 0', '5 in 0', '11 in 2'])
  expect(seen).toEqual(['C0 1', 'C1 1', 'C2 1', 'C3 1', 'C4 1'])
})

test('a half-done batch outlives the program: it is held again from where it stopped [PG24, JB6]', () => {
  const lab = openTree({ batchSize: 4 })
  const seen: unknown[] = []
  lab.plugin('look', {
    message: 'Update',
    table: 'contact',
    stage: 'PostOperation',
    handler: ({ primaryEntityId }) => void seen.push(primaryEntityId),
  })
  const job = lab.job(lab.assign('A', 'bob'))
  lab.batch(job)
  lab.batch(job)

  const [recovered] = lab.reopen().recoverJobs()
  lab.update('C1', { note: 'free meanwhile' })
  seen.length = 1
  lab.batch(job)
  const held = refusalOf(() => lab.update('C2', { note: 'held again' })).code
  const ended = lab.finish(job).job

  expect(recovered).toMatchObject({ status: 'Waiting', processed: 2, batches: 0 })
  expect(held).toBe('RECORD_HELD')
  expect(ended).toMatchObject({ status: 'Completed', processed: 11, batches: 3 })
  expect(seen).toEqual(['C0', 'C1', 'C2', 'C3', 'C4'].map((label) => lab.refOf(label).id))
})

test.each(['Assign', 'Delete'] as const)(
  'plug-ins that come and go while a job of %s is under way take part from its next record on [PG26]',
  (operation) => {
    const lab = openTree({ batchSize: 100 })
    const seen: string[] = []
    const watch = (name: string) => () =>
      lab.plugin(name, {
        message: operation === 'Delete' ? 'Delete' : 'Update',
        stage: 'PreOperation',
        preImage: ['name'],
        handler: ({ preImage }) => void seen.push(`${name} ${preImage.name}`),
      })
    watch('one')()
    const job = lab.job(operation === 'Delete' ? lab.delete('A') : lab.assign('A', 'bob'))
    const between: (() => unknown)[] = [
      () => {},
      watch('two'),
      () => lab.engine.disablePlugin('one'),
      () => lab.engine.removePlugin('two'),
      () => lab.engine.enablePlugin('one'),
    ]

    for (const change of between) {
      change()
      lab.batch(job)
    }
    const begun = seen.splice(0)
    lab.finish(job)

    const names = operation === 'Delete' ? ['C0', 'C1', 'C2', 'C3'] : ['A', 'C0', 'C1', 'C2']
    expect(begun.slice(0, 4)).toEqual([`one ${names[0]}`, `one ${names[1]}`, `two ${names[1]}`, `two ${names[2]}`])
    // While nobody listened, the rest of the batch went in one transaction.
    expect(seen).toEqual([])
    expect(lab.engine.as('admin').getJob(job.id).job).toMatchObject({ status: 'Completed', processed: 11 })
  },
)

test('a plug-in that somebody installs from elsewhere in the midst of a batch is heard by its next record, with or without steps before [PG26]', () => {
  const seen: string[] = []
  const listen = (table: string) => ({ message: 'Update', table, stage: 'PostOperation', handler: () => void seen.push(table) }) as const
  // Somebody else writes between two transactions of the job.
  let install = () => {}
  const lab = openPipeline(TREE_MODEL, { settings: { batchSize: 100 }, turns: { enter: () => {}, leave: () => install() } }).rows({
    account: { A: { ownerid: 'alice' } },
    contact: { C0: { accountid: 'A' }, C1: { accountid: 'A' }, C2: { accountid: 'A' } },
    visit: { V0: { accountid: 'A' }, V1: { accountid: 'A' }, V2: { accountid: 'A' } },
  })
  lab.plugin('look', listen('contact'))
  const late = lab.runtime.package({ name: 'late', steps: [listen('visit')] })
  const other = lab.another()
  const { id } = lab.job(lab.assign('A', 'bob'))
  let isInstalled = false
  install = () => {
    if (isInstalled || seen.length < 2) return
    isInstalled = true
    other.installPlugin(late, { isEnabled: true })
  }

  runJob(lab.engine, id, Number.MAX_SAFE_INTEGER)

  expect(isInstalled).toBe(true)
  expect(seen).toEqual(['contact', 'contact', 'contact', 'visit', 'visit', 'visit'])
})

test('an asynchronous assign overwrites what a step changed meanwhile and passes over what one deleted [AS5, PG24]', () => {
  const lab = openTree({ batchSize: 100 })
  lab.plugin('disturb', {
    message: 'Update',
    table: 'contact',
    stage: 'PostOperation',
    filteringAttributes: ['ownerid'],
    preImage: ['name'],
    handler({ preImage, service, depth }) {
      if (depth === 2 && preImage.name === 'C0') {
        service.delete('contact', lab.refOf('C2').id)
        service.assign('contact', lab.refOf('C3').id, 'carol')
      }
    },
  })

  const { job, messages } = lab.async(lab.assign('A', 'bob'))

  expect(job).toMatchObject({ status: 'Completed', processed: 11 })
  expect(bobs(lab)).toEqual(['C0', 'C1', 'C3', 'C4'])
  expect(messages.map(({ text }) => inEnglish(text))).toContain('1 planned record was deleted or changed meanwhile and skipped.')
})

test('an asynchronous delete stops at a record that a step has deleted before its turn [DL7, PG24]', () => {
  const lab = openTree({ batchSize: 100 })
  lab.plugin('disturb', {
    message: 'Delete',
    table: 'contact',
    stage: 'PostOperation',
    preImage: ['name'],
    handler({ preImage, service }) {
      if (preImage.name === 'C0') service.delete('contact', lab.refOf('C2').id)
    },
  })

  const { job } = lab.async(lab.delete('A'))

  expect(job).toMatchObject({ status: 'Paused', processed: 2, errorCode: '0x80040217' })
  expect(lab.labels('contact')).toEqual(['C3', 'C4'])
  expect(lab.labels('account')).toEqual(['A', 'B'])
})

test.each<[string, (lab: Tree) => CascadeRequest]>([
  ['assign', (lab) => lab.assign('A', 'bob')],
  ['delete', (lab) => lab.delete('A')],
  ['merge', (lab) => lab.merge('A', 'B', { content: { note: 'kept' } })],
])('with steps too, a cascade of %s leaves the same records in either mode [JB7, PG24]', (_, request) => {
  const rows = (mode: 'sync' | 'async', batchSize: number) => {
    const lab = openTree({ batchSize })
    const write = (context: StepContext) => {
      const { service, stage, messageName, primaryEntityName, depth, target } = context
      if (primaryEntityName === 'task' || depth > 3) return
      service.create('task', { name: `${stage} ${messageName} ${primaryEntityName} ${depth}` })
      if (messageName === 'Update' && stage !== 'PostOperation') target.note = `${target.note ?? ''}${stage} `
    }
    lab.plugin('write', ...listenTo(['Update', 'Assign', 'SetState', 'Delete', 'Merge'], write, { table: 'contact' }))
    lab.plugin('root', ...listenTo(['Update', 'Assign', 'SetState', 'Delete', 'Merge'], write, { table: 'account' }))
    lab[mode](request(lab))
    const shown = (table: string, column: string) => lab.column(table, column)
    return [
      lab.labels('task'),
      ...['account', 'contact'].flatMap((table) => [shown(table, 'ownerid'), shown(table, 'note')]),
      shown('contact', 'accountid'),
      shown('visit', 'accountid'),
    ]
  }
  const atOnce = rows('sync', 100)

  expect(atOnce[0]).not.toEqual([])
  for (const batchSize of [1, 3, 100]) expect(rows('async', batchSize)).toEqual(atOnce)
})

test('a merge’s PreOperation comes with its first record, PostOperation with its last, batches apart, on the same pre-image [PG11, PG5, PG6]', () => {
  const lab = openTree({ batchSize: 3 }, 4)
  const seen: unknown[] = []
  lab.plugin(
    'merge',
    {
      message: 'Merge',
      table: 'account',
      stage: 'PreOperation',
      preImage: ['name', 'note'],
      handler({ sharedVariables, preImage, job, service }) {
        sharedVariables.told = 'first'
        service.update('account', lab.refOf('B').id, { note: 'changed by PreOperation' })
        seen.push(['PreOperation', preImage, job?.batch])
      },
    },
    {
      message: 'Merge',
      table: 'account',
      stage: 'PostOperation',
      preImage: ['name', 'note'],
      postImage: ['note'],
      handler: ({ sharedVariables, preImage, postImage, job }) =>
        void seen.push(['PostOperation', preImage, postImage, sharedVariables, job?.batch]),
    },
  )
  lab.update('B', { note: 'before' })
  const job = lab.job(lab.merge('A', 'B', { content: { name: 'B merged' } }))
  lab.batch(job)
  lab.reopen().recoverJobs()

  const ended = lab.finish(job).job

  const before = { name: 'B', note: 'before' }
  expect(seen.map((each) => JSON.parse(JSON.stringify(each)))).toMatchObject([
    ['PreOperation', before, 1],
    ['PostOperation', before, { note: 'changed by PreOperation' }, { told: 'first' }, 3],
  ])
  expect(ended).toMatchObject({ status: 'Completed', batches: 3 })
})
