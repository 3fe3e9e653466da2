import { expect, test } from 'vitest'
import type { StepContext } from '#plugin-api'
import type { LabModel } from '../../../support/engine.ts'
import { openPipeline } from '../../../support/pipeline.ts'

const MODEL: LabModel = {
  tables: { account: { columns: { note: 'String', rank: 'Integer' } }, contact: { columns: { note: 'String' } } },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade'],
}

const openTree = (settings = {}) =>
  openPipeline(MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice', note: 'old', rank: 1 } },
    contact: { C0: { accountid: 'A', ownerid: 'alice', note: 'old' }, C1: { accountid: 'A', ownerid: 'alice', note: 'old' } },
  })

test('images hold the registered columns beside the id: before the change, and after it with what earlier steps wrote [PG5]', () => {
  const lab = openTree()
  const seen: unknown[] = []
  const say = ({ stage, preImage, postImage }: StepContext) => void seen.push([stage, preImage, postImage])
  const update = { message: 'Update', table: 'account', preImage: ['note', 'rank'] } as const
  lab.plugin(
    'watch',
    { ...update, preImage: [...update.preImage], stage: 'PreValidation', handler: say },
    { ...update, preImage: [...update.preImage], stage: 'PreOperation', handler: say },
    { ...update, preImage: ['note'], postImage: ['note', 'rank'], stage: 'PostOperation', rank: 1, handler: say },
    {
      ...update,
      preImage: false,
      stage: 'PostOperation',
      rank: 2,
      handler({ service, primaryEntityId, depth }) {
        if (depth === 1) service.update('account', primaryEntityId, { rank: 7 })
      },
    },
    { ...update, preImage: [...update.preImage], postImage: ['note', 'rank'], stage: 'PostOperation', rank: 3, handler: say },
  )

  lab.update('A', { note: 'new' })

  const { id } = lab.refOf('A')
  const old = { id, accountid: id, note: 'old', rank: 1 }
  const between = { ...old, note: 'new' }
  const last = { ...between, rank: 7 }
  expect(seen).toEqual([
    ['PreValidation', old, undefined],
    ['PreOperation', old, undefined],
    ['PostOperation', { id, accountid: id, note: 'old' }, between],
    // The update that a step asked for.
    ['PreValidation', between, undefined],
    ['PreOperation', between, undefined],
    ['PostOperation', { id, accountid: id, note: 'new' }, last],
    ['PostOperation', between, last],
    // And the first one’s last step.
    ['PostOperation', old, last],
  ])
})

test('images cannot be changed [PG5]', () => {
  const lab = openTree()
  const thrown: unknown[] = []
  lab.plugin('watch', {
    message: 'Update',
    table: 'account',
    stage: 'PostOperation',
    preImage: true,
    postImage: true,
    handler({ preImage, postImage }) {
      for (const image of [preImage, postImage])
        try {
          ;(image as { note: string }).note = 'changed'
        } catch (error) {
          thrown.push((error as Error).name)
        }
    },
  })

  lab.update('A', { note: 'new' })

  expect(thrown).toEqual(['TypeError', 'TypeError'])
})

test('the same images in a job as at once, record by record [PG5, JB7]', () => {
  const images = (mode: 'sync' | 'async') => {
    const lab = openTree({ batchSize: 2 })
    const seen: string[] = []
    const show = ({ table, id }: { table: string; id: string }) =>
      lab.engine.findPrincipals('').find((principal) => principal.table === table && principal.id === id)?.name
    lab.plugin('watch', {
      message: 'Update',
      stage: 'PostOperation',
      preImage: ['ownerid', 'note', 'name'],
      postImage: ['ownerid', 'note'],
      handler: ({ preImage, postImage }) =>
        void seen.push(
          `${preImage.name}: ${show(preImage.ownerid as never)} ${preImage.note} → ${show(postImage.ownerid as never)} ${postImage.note}`,
        ),
    })
    lab[mode](lab.assign('A', 'bob'))
    return seen
  }

  expect(images('async')).toEqual(images('sync'))
  expect(images('async')).toEqual(['A: alice old → bob old', 'C0: alice old → bob old', 'C1: alice old → bob old'])
})

test('shared variables are one object for all stages of one message, and not for the next [PG6]', () => {
  const lab = openTree()
  const seen: unknown[] = []
  const add = (name: string) => (context: StepContext) => {
    context.sharedVariables[name] = true
    seen.push(Object.keys(context.sharedVariables))
  }
  lab.plugin(
    'watch',
    { message: 'Update', table: 'account', stage: 'PreValidation', handler: add('a') },
    { message: 'Update', table: 'account', stage: 'PreOperation', handler: add('b') },
    { message: 'Update', table: 'account', stage: 'PostOperation', handler: add('c') },
    { message: 'SetState', table: 'account', stage: 'PostOperation', rank: 2, handler: add('d') },
  )

  lab.update('A', { note: 'new', statecode: 1 })

  // Two groups: the later stages run for each, on what PreValidation left.
  expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b'], ['a', 'b', 'c'], ['d']])
})

test.each(['sync', 'async'] as const)('run %s, records below read what the root’s steps said through parentContext [PG6]', (mode) => {
  const lab = openTree({ batchSize: 1 })
  const seen: unknown[] = []
  const update = { message: 'Update', table: 'account' } as const
  lab.plugin(
    'watch',
    { ...update, stage: 'PreValidation', handler: ({ sharedVariables }) => void (sharedVariables.before = 1) },
    { ...update, stage: 'PreOperation', handler: ({ sharedVariables }) => void (sharedVariables.inside = 2) },
    { ...update, stage: 'PostOperation', handler: ({ sharedVariables }) => void seen.push(sharedVariables) },
    {
      message: 'Update',
      table: 'contact',
      stage: 'PreOperation',
      handler: ({ parentContext, sharedVariables, depth }) =>
        void seen.push([
          depth,
          parentContext?.messageName,
          parentContext?.primaryEntityName,
          parentContext?.sharedVariables,
          sharedVariables,
        ]),
    },
  )

  const { request, options } = lab.engine.as('admin').preValidate(lab.assign('A', 'bob'))
  const { planId } = lab.engine.as('admin').planCascade(request, mode === 'sync' ? 'Sync' : 'Async')
  if (mode === 'sync') lab.engine.as('admin').executeSync(planId, options)
  else {
    const job = lab.engine.as('admin').createJob(planId, options)
    lab.engine.prepareJob(job.id, planId)
    lab.batch(job)
    // What a job's steps told each other outlives the program.
    lab.reopen().recoverJobs()
    lab.finish(job)
  }

  const below = [2, 'Update', 'account', { before: 1, inside: 2 }, {}]
  expect(seen).toEqual([{ before: 1, inside: 2 }, below, below])
})
