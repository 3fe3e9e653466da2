import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine } from '#engine'
import { inEnglish } from '#text/english'
import type { WorkbenchEvent } from '../../../main/workbench/index.ts'
import type { Lab, LabModel } from '../../support/engine.ts'
import { openLab } from '../../support/engine.ts'
import { packageOf } from '../../support/store.ts'
import type { OpenedWorkbench } from '../../support/workbench.ts'
import { openThreads, refusalOfAsync } from '../../support/workbench.ts'

const INTERACTIVE = 0

const MODEL: LabModel = {
  tables: { account: { columns: { note: 'String' } }, contact: { columns: { note: 'String' } }, task: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade'],
}

const openTree = (contacts = 5, settings = {}): Lab =>
  openLab(MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice' } },
    contact: Object.fromEntries(Array.from({ length: contacts }, (_, index) => [`C${index}`, { accountid: 'A', ownerid: 'alice' }])),
  })

const moduleOf = (name: string, ...steps: string[]) => `
  import { InvalidPluginExecutionError } from 'cascade-workbench/plugin'
  export default { name: '${name}', steps: [${steps.join(',')}] }`

const install = ({ workbench }: OpenedWorkbench, module: string) =>
  workbench.installPlugin(packageOf({ 'index.js': module }), { isEnabled: true })

const onUpdate = (table: string, body: string, more = '') =>
  `{ message: 'Update', table: '${table}', stage: 'PostOperation', ${more} handler({ service, target, preImage, trace, primaryEntityId }) { ${body} } }`

/** One line for each record that its step has gone over. */
const WRITES = `service.create('task', { name: 'of ' + primaryEntityId })`
/** A step that never ends by itself: the limit is a day. */
const NEVER = { pluginTimeoutSeconds: 86_400 }

/** Waits for a state, letting everybody else go on. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

/** Another program that looks whether somebody is in the midst of writing. */
function writerOf(lab: Lab): () => boolean {
  const other = new Database(lab.path, { timeout: 0 })
  onTestFinished(() => void other.close())
  return () => {
    try {
      other.exec('BEGIN IMMEDIATE; ROLLBACK')
      return false
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_BUSY') return true
      throw error
    }
  }
}

const kinds = (events: WorkbenchEvent[]) => events.map(({ kind }) => kind)

test('records are made and changed with their steps in a worker, never on the main thread, which could not run them [PG1]', async () => {
  const lab = openTree()
  const opened = await openThreads(lab)
  const { workbench } = opened
  await install(
    opened,
    moduleOf(
      'look',
      onUpdate('account', `trace('updated'); ${WRITES}`),
      `{ message: 'Create', table: 'account', stage: 'PreOperation', handler({ target }) { target.note = 'made with steps' } }`,
    ),
  )

  const { record } = await workbench.as('bob').createRecord('account', { name: 'N' })
  await workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'x' })
  const assigned = await workbench.as('bob').updateRecord(lab.refOf('A'), { ownerid: 'carol', note: 'y' })
  const refusal = await refusalOfAsync(workbench.as('bob').updateRecord(lab.refOf('A'), { nosuch: 1 }))

  expect(record && workbench.as('admin').getRecord(record).values).toMatchObject({ name: 'N', note: 'made with steps' })
  expect(assigned).toMatchObject({ outcome: 'Completed', affected: 6 })
  expect(lab.read('A', 'note', 'ownerid')).toEqual({ note: 'y', ownerid: 'carol' })
  // One for the update; the other columns of the mixed one, and its owner.
  expect(lab.labels('task').length).toBe(3)
  expect(refusal.code).toBe('INPUT_INVALID')
  // The main thread has nothing that runs modules.
  const asMainThread = openEngine({ path: lab.path, mode: 'open', now: Date.now, newId: () => lab.refOf('A').id })
  onTestFinished(() => asMainThread.close())
  expect(() => asMainThread.as('bob').updateRecord(lab.refOf('A'), { note: 'z' })).toThrow(/without a plug-in runtime/)
})

test('plug-ins that change, steps that ran and asynchronous ones are announced, after what they belong to [PG15]', async () => {
  const lab = openTree()
  const opened = await openThreads(lab)
  const { workbench, events } = opened

  await install(
    opened,
    moduleOf('look', onUpdate('account', `trace('sync')`), onUpdate('account', `trace('later'); ${WRITES}`, `mode: 'Async',`)),
  )
  const installed = events.splice(0)
  await workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'x' })
  const updated = events.splice(0)
  await workbench.stepJobsEnded()
  const ended = events.splice(0)
  await workbench.disablePlugin('look')
  const disabled = events.splice(0)
  await workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'y' })
  const quiet = events.splice(0)

  expect(kinds(installed)).toEqual(['plugins'])
  expect(new Set(kinds(updated))).toEqual(new Set(['records', 'jobs', 'trace']))
  expect(updated.find(({ kind }) => kind === 'trace')).toEqual({ kind: 'trace', lastRun: 1 })
  expect(kinds(ended)).toEqual(['trace', 'jobs', 'records'])
  expect(ended[0]).toEqual({ kind: 'trace', lastRun: 2 })
  expect(kinds(disabled)).toEqual(['plugins'])
  expect(kinds(quiet)).toEqual(['records'])
  expect((await workbench.as('admin').findJobs({ kind: 'step', limit: 10 })).jobs).toMatchObject([{ status: 'Completed', plugin: 'look' }])
  expect((await workbench.as('admin').findStepRuns({ limit: 10 })).runs.map(({ trace, mode }) => `${mode} ${trace}`)).toEqual([
    'Async later',
    'Sync sync',
  ])
  expect(lab.labels('task').length).toBe(1)
})

test('a step that runs out of time in a foreground update ends as a refusal, and the same thread does the next [PG22]', async () => {
  const lab = openTree(1, { pluginTimeoutSeconds: 4 })
  const opened = await openThreads(lab)
  const { workbench, workers } = opened
  await install(opened, moduleOf('loop', onUpdate('account', `${WRITES}; if (target.note === 'bad') for (;;) {}`)))

  const refusal = await refusalOfAsync(workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'bad' }))
  await workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'good' })

  expect(refusal).toMatchObject({ code: 'PLUGIN_FAILED', platformCode: '0x80081111', details: { plugin: 'loop' } })
  expect(lab.read('A', 'note')).toEqual({ note: 'good' })
  expect(lab.labels('task').length).toBe(1)
  expect(workers.length).toBe(2)
})

test('while a step of a foreground update never ends everybody reads, and when its thread ends nothing of it is left [PG22, PG23]', async () => {
  const lab = openTree(3, NEVER)
  const opened = await openThreads(lab)
  const { workbench, workers } = opened
  await install(opened, moduleOf('loop', onUpdate('account', `${WRITES}; if (target.note === 'bad') for (;;) {}`)))
  const isWriting = writerOf(lab)

  const update = refusalOfAsync(workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'bad' }))
  await until(isWriting)
  const read = [
    workbench.as('admin').getRecord(lab.refOf('A')).values.note,
    (await workbench.as('admin').findRecords({ table: 'contact', offset: 0, limit: 2 })).total,
    await workbench.as('admin').countRecords('task'),
    workbench.findPlugins().map(({ name }) => name),
  ]
  await workers[INTERACTIVE]?.terminate()
  const lost = await update
  await workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'good' })

  expect(read).toEqual([null, 3, 0, ['loop']])
  expect(lost.code).toBe('WORKER_LOST')
  expect(lab.read('A', 'note')).toEqual({ note: 'good' })
  expect(lab.labels('task').length).toBe(1)
})

test('a workbench is closed while a step of a job never ends; at the next opening the job goes on, nothing lost, nothing twice [PG22, PG24, JB6]', async () => {
  const lab = openTree(6, { ...NEVER, batchSize: 4 })
  const opened = await openThreads(lab)
  const { workbench } = opened
  await install(opened, moduleOf('loop', onUpdate('contact', `${WRITES}; if (preImage.name === 'C3') for (;;) {}`, `preImage: ['name'],`)))
  const isWriting = writerOf(lab)
  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  const ended = refusalOfAsync(workbench.jobEnded(jobId ?? ''))
  await until(() => workbench.as('admin').getJob(jobId ?? '').job.processed === 4 && isWriting())
  const whileLooping = await workbench.as('admin').countRecords('task')

  await workbench.close()

  const between = lab.engine.as('admin').getJob(jobId ?? '').job
  // As it is, it would not end at the next opening either.
  lab.engine.disablePlugin('loop')
  const next = await openThreads(lab)
  const job = await next.workbench.jobEnded(jobId ?? '')

  expect((await ended).code).toBe('CANCELLED')
  expect(whileLooping).toBe(3)
  expect(between).toMatchObject({ processed: 4, status: 'In Progress' })
  expect(job).toMatchObject({ status: 'Completed', processed: 7, batches: 2 })
  expect(lab.labels('task').toSorted()).toEqual(['C0', 'C1', 'C2'].map((label) => `of ${lab.refOf(label).id}`).toSorted())
  expect(new Set(Object.values(lab.column('contact', 'ownerid')))).toEqual(new Set(['bob']))
  expect(await next.workbench.checkIntegrity()).toEqual([])
})

test('a worker that is killed with a step under way is replaced, and each record and its step’s work come once [PG24, JB6]', async () => {
  const lab = openTree(300, { batchSize: 100 })
  const opened = await openThreads(lab)
  const { workbench, workers, events } = opened
  // Most of the job's time passes in its steps, whatever the machine.
  const takesTime = 'const from = Date.now(); while (Date.now() - from < 10);'
  await install(opened, moduleOf('write', onUpdate('contact', `${WRITES}; ${takesTime}`)))
  const isWriting = writerOf(lab)

  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  await until(() => workbench.as('admin').getJob(jobId ?? '').job.processed > 20 && isWriting())
  await workbench.killWorker()
  await workbench.jobEnded(jobId ?? '')
  const { job, messages } = workbench.as('admin').getJob(jobId ?? '')

  expect(job).toMatchObject({ status: 'Completed', processed: 301, batches: 4 })
  expect(lab.labels('task').length).toBe(300)
  expect(new Set(lab.labels('task')).size).toBe(300)
  expect(messages.map(({ text }) => inEnglish(text))).toContain('Fault: the worker thread was killed on purpose.')
  expect(workers.length).toBeGreaterThan(2)
  expect(kinds(events)).toContain('trace')
  expect((await workbench.as('admin').findStepTimes(jobId ?? ''))[0]?.runs).toBe(300)
  expect(await workbench.checkIntegrity()).toEqual([])
})

test('a worker whose job’s step never ends can be killed, and the plug-in disabled, without waiting for it [PG22, PG26]', async () => {
  const lab = openTree(4, NEVER)
  const opened = await openThreads(lab)
  const { workbench, workers } = opened
  await install(opened, moduleOf('loop', onUpdate('contact', `if (preImage.name === 'C1') for (;;) {}; ${WRITES}`, `preImage: ['name'],`)))
  const isWriting = writerOf(lab)
  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  await until(() => workbench.as('admin').getJob(jobId ?? '').job.processed === 2 && isWriting())

  const disabled = workbench.disablePlugin('loop')
  await workbench.killWorker()
  await disabled
  const job = await workbench.jobEnded(jobId ?? '')

  expect(job).toMatchObject({ status: 'Completed', processed: 5 })
  expect(lab.labels('task')).toEqual([`of ${lab.refOf('C0').id}`])
  // Interactive and job worker, then a second job worker.
  expect(workers.length).toBe(3)
})

test('a job whose step runs out of time pauses, and is resumed without the plug-in [PG22, PG25]', async () => {
  const lab = openTree(3, { pluginTimeoutSeconds: 1 })
  const opened = await openThreads(lab)
  const { workbench } = opened
  await install(opened, moduleOf('loop', onUpdate('contact', `${WRITES}; if (preImage.name === 'C1') for (;;) {}`, `preImage: ['name'],`)))

  const { jobId } = await workbench.as('admin').execute(lab.assign('A', 'bob'), { mode: 'Async' })
  const paused = await workbench.jobEnded(jobId ?? '')
  await workbench.disablePlugin('loop')
  await workbench.as('admin').resumeJob(paused.id)
  const job = await workbench.jobEnded(jobId ?? '')

  expect(paused).toMatchObject({ status: 'Paused', processed: 2, errorCode: '0x80081111' })
  expect(job).toMatchObject({ status: 'Completed', processed: 4 })
  expect(lab.labels('task').length).toBe(1)
})

test('a step is run again in the worker that its plug-in lives in, and leaves nothing behind [PG31]', async () => {
  const lab = openTree(1)
  const opened = await openThreads(lab)
  const { workbench } = opened
  await install(opened, moduleOf('write', onUpdate('account', WRITES)))
  await workbench.as('bob').updateRecord(lab.refOf('A'), { note: 'x' })
  const last = workbench.lastRun()

  const { runs } = await workbench.as('bob').tryStep(last)

  expect(runs).toMatchObject([{ plugin: 'write', outcome: 'done' }])
  expect(workbench.lastRun()).toBe(last)
  expect(lab.labels('task').length).toBe(1)
})
