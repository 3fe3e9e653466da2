import { expect, test } from 'vitest'
import type { StepContext, StepDefinition } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'
import type { LabModel } from '../../../support/engine.ts'
import { refusalOf } from '../../../support/engine.ts'
import { messageOfJob } from '../../../support/message-of-job.ts'
import { openPipeline } from '../../../support/pipeline.ts'
import { tracedLines } from '../../../support/traced-lines.ts'

const MODEL: LabModel = {
  tables: { account: { columns: { note: 'String' } }, contact: {}, task: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade Merge=Cascade'],
}

const openTree = (settings = {}) =>
  openPipeline(MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice' } },
    contact: { C0: { accountid: 'A', ownerid: 'alice' }, C1: { accountid: 'A', ownerid: 'alice' } },
  })

type Tree = ReturnType<typeof openTree>

const later = (handler: StepDefinition['handler'], more: Partial<StepDefinition> = {}): StepDefinition => ({
  message: 'Update',
  table: 'account',
  stage: 'PostOperation',
  mode: 'Async',
  handler,
  ...more,
})

const stepJobs = (lab: Tree) => lab.engine.as('admin').findJobs({ kind: 'step', limit: 100 }).jobs.toReversed()

test('an asynchronous step becomes a system job in the transaction of its record, and runs after the commit [PG15]', async () => {
  const lab = openTree()
  const seen: unknown[] = []
  lab.plugin(
    'later',
    later(
      ({ isInTransaction, mode, depth, preImage, postImage, target, sharedVariables }) =>
        void seen.push([isInTransaction, mode, depth, preImage, postImage, target, sharedVariables]),
      {
        preImage: ['note'],
        postImage: ['note'],
      },
    ),
    { message: 'Update', table: 'account', stage: 'PreOperation', handler: ({ sharedVariables }) => void (sharedVariables.told = 1) },
  )

  lab.update('A', { note: 'first' })
  const [waiting] = stepJobs(lab)
  lab.update('A', { note: 'second' })
  lab.nowMs += 5_000
  const before = seen.length
  await lab.runSteps()

  expect(before).toBe(0)
  expect(waiting).toMatchObject({
    name: 'later: Update of account',
    operationType: 1,
    status: 'Waiting',
    statecode: 0,
    statuscode: 0,
    plugin: 'later',
    messageName: 'Update',
    regarding: { table: 'account', name: 'A' },
    createdBy: { name: 'admin' },
    depth: 1,
    startedOnMs: null,
    completedOnMs: null,
    message: null,
  })
  const { id } = lab.refOf('A')
  const key = { id, accountid: id }
  // Each is given what there was when its record was committed.
  expect(seen).toEqual([
    [false, 'Async', 1, { ...key, note: null }, { ...key, note: 'first' }, { note: 'first' }, { told: 1 }],
    [false, 'Async', 1, { ...key, note: 'first' }, { ...key, note: 'second' }, { note: 'second' }, { told: 1 }],
  ])
  expect(stepJobs(lab).map(({ status, statecode, statuscode, startedOnMs }) => [status, statecode, statuscode, startedOnMs])).toEqual(
    [1, 2].map(() => ['Completed', 3, 30, lab.nowMs]),
  )
})

test('of what is rolled back nothing runs later [PG15, PG23]', async () => {
  const lab = openTree()
  lab.plugin(
    'later',
    later(() => {}),
  )
  lab.plugin('refuse', {
    message: 'Update',
    table: 'account',
    stage: 'PostOperation',
    handler() {
      throw new InvalidPluginExecutionError('No')
    },
  })

  expect(refusalOf(() => lab.update('A', { note: 'x' })).code).toBe('PLUGIN_REFUSED')

  expect(stepJobs(lab)).toEqual([])
})

test('one that fails says why, leaves the caller alone and is not tried again; what it had asked for stays [PG15, PG16]', async () => {
  const lab = openTree()
  lab.plugin(
    'later',
    later(({ service }) => {
      service.create('task', { name: 'before' })
      throw new InvalidPluginExecutionError('The other system is closed')
    }),
    later(
      async () => {
        await Promise.resolve()
        throw new TypeError('x is no function')
      },
      { rank: 2 },
    ),
  )

  lab.update('A', { note: 'x' })
  await lab.runSteps()
  await lab.runSteps()

  expect(stepJobs(lab).map((job) => [job.status, job.statuscode, job.errorCode, messageOfJob(job), job.retryCount])).toEqual([
    ['Failed', 31, '0x80040265', `account A (${lab.refOf('A').id}): The other system is closed`, 0],
    ['Failed', 31, '0x80040224', expect.stringContaining('x is no function'), 0],
  ])
  expect(lab.labels('task')).toEqual(['before'])
  expect(lab.read('A', 'note')).toEqual({ note: 'x' })
  expect(lab.runs().map(({ outcome }) => outcome)).toEqual(['refused', 'failed'])
  expect(stepJobs(lab).map(({ failedRun }) => failedRun)).toEqual(lab.runs().map(({ number }) => number))
})

test('it may return a promise and go on asking after it [PG15, PG21]', async () => {
  const lab = openTree()
  lab.plugin(
    'later',
    later(async ({ service }) => {
      service.create('task', { name: 'at once' })
      await Promise.resolve()
      service.create('task', { name: 'later' })
    }),
  )

  lab.update('A', { note: 'x' })
  await lab.runSteps()

  expect(lab.labels('task')).toEqual(['at once', 'later'])
  expect(stepJobs(lab)[0]?.status).toBe('Completed')
})

test('each of its requests is committed by itself, with the steps that it sets off [PG16]', async () => {
  const lab = openTree()
  const committed: string[][] = []
  const look = () => committed.push(lab.committed<{ name: string }>('SELECT name FROM task ORDER BY name').map(({ name }) => name))
  lab.plugin(
    'later',
    later(({ service }) => {
      service.create('task', { name: '1' })
      look()
      try {
        service.create('task', { name: '2, refused' })
      } catch {
        look()
      }
      service.create('task', { name: '3' })
      look()
    }),
    {
      message: 'Create',
      table: 'task',
      stage: 'PostOperation',
      handler({ service, target, depth, isInTransaction }) {
        if (depth > 2) return
        service.create('task', { name: `${target.name} with ${isInTransaction}` })
        look()
        if (String(target.name).includes('refused')) throw new InvalidPluginExecutionError('No')
      },
    },
  )

  lab.update('A', { note: 'x' })
  await lab.runSteps()

  expect(committed).toEqual([
    [],
    ['1', '1 with true'],
    ['1', '1 with true'],
    ['1', '1 with true'],
    ['1', '1 with true'],
    ['1', '1 with true', '3', '3 with true'],
  ])
  expect(lab.runs().map(({ message, depth, isCommitted, outcome }) => `${message} ${depth} ${isCommitted} ${outcome}`)).toEqual([
    'Update 1 true done',
    'Create 2 true done',
    'Create 3 true done',
    'Create 2 false refused',
    'Create 3 false done',
    'Create 2 true done',
    'Create 3 true done',
  ])
})

test('cut off between two requests it runs again, and what it had asked for is not done a second time [PG16]', async () => {
  const lab = openTree()
  const ids: string[] = []
  let runs = 0
  lab.plugin(
    'later',
    later(
      ({ service }) => {
        runs++
        ids.push(service.create('task', { name: 'first' }))
        if (runs === 1) {
          // The program ends here: nothing that comes after this is ever committed.
          lab.engine.close()
        }
        service.update('account', lab.refOf('A').id, { note: `run ${runs}` })
        service.create('task', { name: 'last' })
      },
      { filteringAttributes: ['name'] },
    ),
  )
  lab.update('A', { name: 'Z' })
  const { id } = lab.engine.nextJob({ kinds: ['step'] }) ?? { id: '' }

  await Promise.resolve(lab.engine.runJob(id, 0)).catch(() => undefined)
  const engine = lab.reopen()
  const between = [engine.as('admin').findJobs({ kind: 'step', limit: 1 }).jobs[0]?.status, lab.labels('task')]
  engine.recoverJobs()
  const recovered = engine.as('admin').findJobs({ kind: 'step', limit: 1 }).jobs[0]?.status
  await lab.runSteps()

  expect(between).toEqual(['In Progress', ['first']])
  expect(recovered).toBe('Waiting')
  expect(lab.labels('task')).toEqual(['first', 'last'])
  expect(ids[1]).toBe(ids[0])
  expect(lab.read('A', 'note')).toEqual({ note: 'run 2' })
  expect(lab.committed('SELECT journal FROM _step_job WHERE journal IS NOT NULL')).toEqual([])
})

test('one that is found under way because its thread died is the next to run, before those that wait [PG16]', async () => {
  const lab = openTree()
  const order: unknown[] = []
  let dies = true
  lab.plugin(
    'later',
    later(({ target }) => {
      if (dies) {
        dies = false
        lab.engine.close()
        throw new Error('gone')
      }
      order.push(target.note)
    }),
  )
  lab.update('A', { note: 'one' })
  lab.update('A', { note: 'two' })
  await Promise.resolve(lab.engine.runJob(lab.engine.nextJob({ kinds: ['step'] })?.id ?? '', 0)).catch(() => undefined)
  // Another thread takes over without anybody having recovered anything.
  lab.reopen()

  await lab.runSteps()

  expect(order).toEqual(['one', 'two'])
})

test('when it runs again and asks for something else it is not given an old answer [PG16]', async () => {
  const lab = openTree()
  let runs = 0
  lab.plugin(
    'later',
    later(({ service }) => {
      runs++
      service.create('task', { name: 'same' })
      service.create('task', { name: `other ${runs}` })
      if (runs === 1) lab.engine.close()
      service.create('task', { name: 'end' })
    }),
  )
  lab.update('A', { note: 'x' })
  await Promise.resolve(lab.engine.runJob(lab.engine.nextJob({ kinds: ['step'] })?.id ?? '', 0)).catch(() => undefined)
  lab.reopen().recoverJobs()

  await lab.runSteps()

  expect(lab.labels('task')).toEqual(['same', 'other 1', 'other 2', 'end'])
})

test('a step whose plug-in is disabled or removed by then does not run, one that was fixed runs in its new version [PG15, PG26]', async () => {
  const lab = openTree()
  const step = (text: string) => later(({ trace }) => trace(text))
  lab.plugin('disabled', step('disabled'))
  lab.plugin('removed', step('removed'))
  lab.plugin('fixed', step('broken'))
  lab.update('A', { note: 'x' })
  lab.engine.disablePlugin('disabled')
  lab.engine.removePlugin('removed')
  lab.plugin('fixed', step('fixed'))

  await lab.runSteps()

  expect(stepJobs(lab).map(({ plugin, status }) => `${plugin} ${status}`)).toEqual(['disabled Failed', 'fixed Completed', 'removed Failed'])
  expect(tracedLines(lab.engine.as('admin'))).toEqual(['fixed'])
})

test('a step whose user was disabled meanwhile fails with the platform’s code [PG15]', async () => {
  const lab = openTree()
  lab.plugin(
    'later',
    later(({ service }) => void service.create('task', { name: 'never' }), { runAs: 'carol' }),
  )
  lab.update('A', { note: 'x' }, 'bob')
  lab.engine.changeUser('carol', { disabled: true })

  await lab.runSteps()

  expect(stepJobs(lab)).toMatchObject([{ status: 'Failed', errorCode: '0x80040225', createdBy: { name: 'bob' } }])
  expect(lab.labels('task')).toEqual([])
})

test('asynchronous steps set off others, one level deeper, until it is too deep [PG15, PG19]', async () => {
  const lab = openTree({ maxDepth: 3 })
  const depths: number[] = []
  lab.plugin(
    'later',
    later(({ service, primaryEntityId, depth }) => {
      depths.push(depth)
      service.update('account', primaryEntityId, { note: `${depth}` })
    }),
  )

  lab.update('A', { note: 'x' })
  await lab.runSteps()

  expect(depths).toEqual([1, 2, 3])
  expect(stepJobs(lab).map(({ status, depth, errorCode }) => [status, depth, errorCode])).toEqual([
    ['Completed', 1, null],
    ['Completed', 2, null],
    ['Failed', 3, '0x80044182'],
  ])
  expect(new Set(lab.runs().map(({ correlationId }) => correlationId)).size).toBe(1)
})

test('in a cascade each record has its own, with the job that it belonged to [PG15, PG24]', async () => {
  for (const mode of ['sync', 'async'] as const) {
    const lab = openTree({ batchSize: 2 })
    const seen: unknown[] = []
    lab.plugin(
      'later',
      later(({ primaryEntityName, depth, job }: StepContext) => void seen.push(`${primaryEntityName} ${depth} ${job?.batch}`), {
        table: undefined as never,
        filteringAttributes: ['ownerid'],
      }),
    )

    lab[mode](lab.assign('A', 'bob'))
    await lab.runSteps()

    const batches = mode === 'sync' ? [undefined, undefined, undefined] : [1, 1, 2]
    expect(seen).toEqual([`account 1 ${batches[0]}`, `contact 2 ${batches[1]}`, `contact 2 ${batches[2]}`])
  }
})

test('completion and pause of a job are heard, in the name of who started it, once for each [PG17]', async () => {
  const lab = openTree({ batchSize: 2 })
  const seen: unknown[] = []
  const say = ({ messageName, primaryEntityName, inputParameters, target, correlationId, initiatingUserId }: StepContext) => {
    const user = lab.engine.findPrincipals('').find(({ id }) => id === initiatingUserId)?.name
    seen.push([messageName, primaryEntityName, inputParameters, target, user, correlationId])
  }
  lab.plugin(
    'hear',
    { message: 'cascadeAsync_SuccessAPI', stage: 'PostOperation', mode: 'Async', handler: say },
    { message: 'cascadeAsync_FailureAPI', stage: 'PostOperation', mode: 'Async', handler: say },
  )
  let isBroken = true
  lab.plugin('refuse', {
    message: 'Update',
    table: 'contact',
    stage: 'PreOperation',
    handler() {
      if (isBroken) throw new InvalidPluginExecutionError('Not now')
    },
  })

  const { job } = lab.async(lab.assign('A', 'bob'), 'nora')
  isBroken = false
  lab.engine.as('admin').resumeJob(job.id)
  lab.finish(job)
  lab.sync(lab.assign('A', 'carol'))
  await lab.runSteps()

  expect(seen).toEqual([
    [
      'cascadeAsync_FailureAPI',
      'none',
      { casadeAsyncExceptionDetails: `contact C0 (${lab.refOf('C0').id}): Not now`, casadeAsyncJobName: job.name },
      null,
      'nora',
      job.correlationId,
    ],
    ['cascadeAsync_SuccessAPI', 'none', { casadeAsync_JobName: job.name }, null, 'nora', job.correlationId],
  ])
  expect(stepJobs(lab)).toMatchObject([
    { name: 'hear: cascadeAsync_FailureAPI', regarding: null },
    { name: 'hear: cascadeAsync_SuccessAPI', regarding: null },
  ])
})

test('each has the whole time for itself [PG22]', async () => {
  const lab = openTree({ pluginTimeoutSeconds: 50 })
  const slow = () => {
    lab.nowMs += 40_000
  }
  lab.plugin('later', later(slow), later(slow, { rank: 2 }), { message: 'Update', table: 'account', stage: 'PreOperation', handler: slow })

  lab.update('A', { note: 'x' })
  await lab.runSteps()

  expect(lab.runtime.limits).toEqual([50_000, 50_000, 50_000])
})
