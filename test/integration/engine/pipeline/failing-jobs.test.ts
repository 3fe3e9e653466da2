import { expect, test } from 'vitest'
import { InvalidPluginExecutionError } from '#plugin-api'
import { bobs, openTree, type Tree } from '../../../support/job-tree.ts'
import { messageOfJob } from '../../../support/message-of-job.ts'
import { runJob } from '../../../support/run-job.ts'
import { tracedLines } from '../../../support/traced-lines.ts'

test('a record whose step fails is undone alone, tried again with its count, and then pauses the job [PG25, JB5, JB9]', () => {
  const lab = openTree({ batchSize: 10, maxAttempts: 3, retryDelaySeconds: 10 })
  const attempts: unknown[] = []
  lab.plugin('refuse', {
    message: 'Update',
    table: 'contact',
    stage: 'PostOperation',
    preImage: ['name'],
    handler({ preImage, job, service }) {
      service.create('task', { name: String(preImage.name) })
      attempts.push([preImage.name, job?.attempt])
      if (preImage.name === 'C2') throw new InvalidPluginExecutionError('C2 stays')
    },
  })
  const start = lab.nowMs

  const { job, messages } = lab.async(lab.assign('A', 'bob'))

  expect(attempts).toEqual([
    ['C0', 1],
    ['C1', 1],
    ['C2', 1],
    ['C2', 2],
    ['C2', 3],
  ])
  expect(job).toMatchObject({ status: 'Paused', processed: 3, retryCount: 2, attempts: 3, errorCode: '0x80040265' })
  expect(messageOfJob(job)).toBe(`contact C2 (${lab.refOf('C2').id}): C2 stays`)
  expect(lab.nowMs - start).toBe(30_000)
  expect(bobs(lab)).toEqual(['C0', 'C1'])
  expect(lab.labels('task')).toEqual(['C0', 'C1'])
  expect(messages.filter(({ level }) => level !== 'information').map(({ level, code }) => [level, code])).toEqual([
    ['warning', '0x80040265'],
    ['warning', '0x80040265'],
    ['error', '0x80040265'],
  ])
  expect(
    lab
      .runs()
      .filter(({ outcome }) => outcome === 'refused')
      .map(({ job: of, isCommitted }) => [of?.attempt, isCommitted]),
  ).toEqual([
    [1, false],
    [2, false],
    [3, false],
  ])
})

test('a job names the run that its error comes from, not one whose error was caught [PG25]', () => {
  const lab = openTree({ maxAttempts: 1 })
  lab.plugin(
    'refuse',
    {
      message: 'Update',
      table: 'contact',
      stage: 'PostOperation',
      handler({ service }) {
        try {
          service.create('task', { name: 'made' })
        } catch {
          throw new InvalidPluginExecutionError('Without a task nothing goes')
        }
      },
    },
    {
      message: 'Create',
      table: 'task',
      stage: 'PreOperation',
      handler() {
        throw new InvalidPluginExecutionError('No tasks')
      },
    },
  )

  const { job } = lab.async(lab.assign('A', 'bob'))

  const failing = { ...lab.refOf('C0'), name: 'C0' }
  expect(job).toMatchObject({ status: 'Paused', record: failing, failing })
  expect(messageOfJob(job)).toBe(`contact C0 (${failing.id}): Without a task nothing goes`)
  expect(lab.runs().find(({ number }) => number === job.failedRun)).toMatchObject({
    message: 'Update',
    error: 'Without a task nothing goes',
  })
})

test('a job whose failed run the settings keep out of the trace log names none [PG25]', () => {
  const lab = openTree({ maxAttempts: 1, pluginTraceLog: 'Off' })
  lab.plugin('refuse', {
    message: 'Update',
    table: 'contact',
    stage: 'PostOperation',
    handler() {
      throw new InvalidPluginExecutionError('Stays')
    },
  })

  const { job } = lab.async(lab.assign('A', 'bob'))

  expect(job).toMatchObject({ status: 'Paused', failedRun: null })
  expect(messageOfJob(job)).toContain('Stays')
})

test.each<[string, (lab: Tree) => void, string[]]>([
  [
    'fixed',
    (lab) =>
      void lab.plugin('refuse', { message: 'Update', table: 'contact', stage: 'PreOperation', handler: ({ trace }) => trace('fixed') }),
    ['fixed', 'fixed', 'fixed'],
  ],
  ['disabled', (lab) => void lab.engine.disablePlugin('refuse'), []],
  ['removed', (lab) => lab.engine.removePlugin('refuse'), []],
])('after the plug-in was %s the paused job goes on from that record [PG25, PG26, JB10]', (_, fix, traces) => {
  const lab = openTree({ batchSize: 10 })
  lab.plugin('refuse', {
    message: 'Update',
    table: 'contact',
    stage: 'PreOperation',
    preImage: ['name'],
    handler({ preImage }) {
      if (preImage.name === 'C2') throw new InvalidPluginExecutionError('C2 stays')
    },
  })
  const { job } = lab.async(lab.assign('A', 'bob'))
  const before = lab.engine.lastRun()
  fix(lab)

  lab.engine.as('admin').resumeJob(job.id)
  const { job: ended } = lab.finish(job)

  expect(ended).toMatchObject({ status: 'Completed', processed: 11 })
  expect(bobs(lab)).toEqual(['C0', 'C1', 'C2', 'C3', 'C4'])
  expect(tracedLines(lab.engine.as('admin'), before)).toEqual(traces)
})

test('a record that is got over with on its second try has its tries counted by themselves [PG25, JB9]', () => {
  const lab = openTree({ batchSize: 3, maxAttempts: 2, retryDelaySeconds: 1 })
  const attempts: string[] = []
  let failures = 0
  lab.plugin('sometimes', {
    message: 'Update',
    table: 'contact',
    stage: 'PreOperation',
    preImage: ['name'],
    handler({ preImage, job }) {
      attempts.push(`${preImage.name} ${job?.attempt} in ${job?.batch}`)
      if (['C1', 'C3'].includes(String(preImage.name)) && failures++ % 2 === 0) throw new Error('not now')
    },
  })

  const { job } = lab.async(lab.assign('A', 'bob'))

  expect(job).toMatchObject({ status: 'Completed', processed: 11, message: null, errorCode: null })
  expect(attempts).toEqual(['C0 1 in 1', 'C1 1 in 1', 'C1 2 in 2', 'C2 1 in 2', 'C3 1 in 2', 'C3 2 in 3', 'C4 1 in 3'])
})

test('a fault that is made on purpose stops a batch before its first record, steps or not [PG25]', () => {
  const lab = openTree({ batchSize: 4 })
  const seen: string[] = []
  lab.plugin('look', {
    message: 'Update',
    table: 'contact',
    stage: 'PreOperation',
    preImage: ['name'],
    handler: ({ preImage }) => void seen.push(String(preImage.name)),
  })
  const { id } = lab.job(lab.assign('A', 'bob'))

  for (let { status } = lab.engine.as('admin').getJob(id).job; status !== 'Paused'; )
    ({ status } = runJob(lab.engine, id, lab.nowMs, { failBatch: 2 }))
  const paused = lab.engine.as('admin').getJob(id).job
  const before = seen.splice(0)
  lab.engine.as('admin').resumeJob(id)
  const ended = lab.finish({ id }).job

  expect(paused).toMatchObject({ processed: 4, batches: 1 })
  expect(messageOfJob(paused)).toContain('Fault: batch 2 was made to fail on purpose.')
  expect(before).toEqual(['C0', 'C1', 'C2'])
  expect(seen).toEqual(['C3', 'C4'])
  expect(ended).toMatchObject({ status: 'Completed', batches: 3 })
})

test('the last record of a merge says which try it is to the merge’s PostOperation steps [PG25, PG11]', () => {
  const lab = openTree({ batchSize: 3, maxAttempts: 3, retryDelaySeconds: 0 }, 2)
  const tries: unknown[] = []
  lab.plugin('refuse', {
    message: 'Merge',
    table: 'account',
    stage: 'PostOperation',
    handler({ job }) {
      tries.push([job?.batch, job?.attempt])
      if (tries.length < 3) throw new InvalidPluginExecutionError('Not yet')
    },
  })

  const { job } = lab.async(lab.merge('A', 'B'))

  expect(job.status).toBe('Completed')
  expect(tries).toEqual([
    [2, 1],
    [3, 2],
    [3, 3],
  ])
  expect(lab.read('A', 'merged')).toEqual({ merged: true })
})

test('a job whose last step fails has not ended, and no event says that it has [PG17, PG25, JB13]', () => {
  const lab = openTree({ batchSize: 100 })
  let isBroken = true
  lab.plugin('last', {
    message: 'Delete',
    table: 'account',
    stage: 'PostOperation',
    handler() {
      if (isBroken) throw new Error('broken')
    },
  })

  const { job } = lab.async(lab.delete('A'))
  const announced = lab.engine
    .as('admin')
    .findNotifications(0)
    .map(({ message }) => message)
  isBroken = false
  lab.engine.as('admin').resumeJob(job.id)
  lab.finish(job)

  expect(job).toMatchObject({ status: 'Paused', processed: 10, total: 11, errorCode: '0x80040224' })
  expect(announced).toEqual(['cascadeAsync_FailureAPI'])
  expect(
    lab.engine
      .as('admin')
      .findNotifications(0)
      .map(({ message }) => message),
  ).toEqual(['cascadeAsync_FailureAPI', 'cascadeAsync_SuccessAPI'])
  expect(lab.labels('account')).toEqual(['B'])
})
