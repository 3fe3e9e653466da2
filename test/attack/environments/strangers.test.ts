import { copyFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { type Engine, openEngine } from '#engine'
import { openWorkbench } from '../../../main/workbench/index.ts'
import { refusalOf, temporaryFolder } from '../../support/engine.ts'
import { examplePath, idsFrom, makeExample, OTHER_KEY, OWN_KEY, optionsFor } from '../environment-example.ts'
import { exampleFile } from './example-file.ts'

function open(path: string, agreementKey: string | undefined): Engine {
  const { agreementKey: _own, ...options } = optionsFor(path)
  const engine = openEngine({ ...options, ...(agreementKey === undefined ? {} : { agreementKey }) })
  onTestFinished(() => engine.close())
  return engine
}

test('the jobs of a file from somebody else are held, and the environment says so [AT5]', () => {
  const engine = open(exampleFile(), OTHER_KEY)

  expect(engine.info().heldJobs).toBe(2)
  expect(engine.recoverJobs()).toEqual([])
  expect(engine.nextJob()).toBeUndefined()
  expect(engine.nextDueMs()).toBeUndefined()
})

test('jobs of a file that was made here continue by themselves, and so they do without a key [AT5]', () => {
  const path = examplePath(temporaryFolder())
  makeExample(path)

  const own = open(path, OWN_KEY)
  expect([own.info().heldJobs, own.nextJob()?.status]).toEqual([0, 'In Progress'])
  own.close()
  const keyless = open(path, undefined)
  expect([keyless.info().heldJobs, keyless.nextJob()?.status]).toEqual([0, 'In Progress'])
})

test('a copy of a file is another file: who brings it back may have changed it [AT5]', () => {
  const path = examplePath(temporaryFolder())
  makeExample(path)
  copyFileSync(path, `${path}.copy`)

  expect(open(`${path}.copy`, OWN_KEY).info().heldJobs).toBe(2)
})

test('one action lets them continue, now and after the next opening [AT5]', () => {
  const path = exampleFile()
  const engine = open(path, OTHER_KEY)

  engine.continueJobs()

  expect([engine.info().heldJobs, engine.recoverJobs().length, engine.nextJob()?.status]).toEqual([0, 1, 'Waiting'])
  engine.close()
  expect(open(path, OTHER_KEY).info().heldJobs).toBe(0)
})

test('a job that is started here runs while others are held, and so does one that is resumed by hand [AT5]', () => {
  const engine = open(exampleFile(), OTHER_KEY)
  const admin = engine.as(engine.info().administratorId)
  const [account] = admin.findRecords({ table: 'account', search: 'account 6', offset: 0, limit: 1 }).rows
  const { planId } = admin.planCascade({ operation: 'Assign', record: { table: 'account', id: account?.id ?? '' }, to: 'admin' }, 'Async')
  const started = admin.createJob(planId)
  engine.prepareJob(started.id, planId)
  const [paused] = admin.findJobs({ status: 'Paused', limit: 1 }).jobs

  expect(engine.nextJob()?.id).toBe(started.id)
  admin.resumeJob(paused?.id ?? '')
  expect(engine.nextJob()?.id).toBe(paused?.id)
  expect(engine.info().heldJobs).toBe(2)
})

test('a file without open jobs is known from its first opening on [AT5]', () => {
  const path = exampleFile()
  const first = open(path, OTHER_KEY)
  first.continueJobs()
  first.close()
  const third = 'c'.repeat(64)
  const own = open(path, OTHER_KEY)
  own.recoverJobs()
  for (let job = own.nextJob(); job; job = own.nextJob()) void own.runJob(job.id, 0)
  own.close()
  const other = open(path, third)
  const admin = other.as(other.info().administratorId)
  const [paused] = admin.findJobs({ status: 'Paused', limit: 1 }).jobs
  admin.resumeJob(paused?.id ?? '')
  other.close()

  expect(open(path, third).nextJob()?.id).toBe(paused?.id)
})

test('who waits for a held job is told instead of waiting for ever, and continuing runs all of them [AT5]', async () => {
  const path = exampleFile()
  let nowMs = Date.UTC(2026, 1, 1)
  const workbench = await openWorkbench({
    path,
    newId: idsFrom(1_000_000),
    agreementKey: OTHER_KEY,
    now: () => nowMs,
    wait: async (ms) => {
      nowMs += ms
    },
    worker: 'inline',
    mode: 'open',
  })
  onTestFinished(() => workbench.close())
  const user = workbench.as(workbench.info().administratorId)
  const open = [...user.findJobs({ status: 'Waiting', limit: 9 }).jobs, ...user.findJobs({ status: 'In Progress', limit: 9 }).jobs]

  for (const { id } of open) await expect(workbench.jobEnded(id)).rejects.toMatchObject({ code: 'JOB_MOVE_REFUSED' })
  await workbench.continueJobs()

  expect((await Promise.all(open.map(({ id }) => workbench.jobEnded(id)))).map(({ status }) => status)).toEqual(['Completed', 'Completed'])
})

test('the example is whole', () => {
  expect(refusalOf(() => open(exampleFile(), OWN_KEY).table('nowhere'))).toMatchObject({ code: 'INPUT_INVALID' })
})
