import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { WorkbenchEvent } from '../../../main/workbench/index.ts'
import { openWorkbench } from '../../../main/workbench/index.ts'
import type { Lab } from '../../support/engine.ts'
import { countedIds, openLab, temporaryFolder } from '../../support/engine.ts'
import { allowWrites, fillDisk, forbidWrites, makeRoom, spawnLimitedWorker } from '../../support/store-troubles.ts'
import type { OpenedWorkbench } from '../../support/workbench.ts'
import { openThreads, refusalOfAsync } from '../../support/workbench.ts'

const INTERACTIVE = 0
const JOB = 1
const CONTACTS = 2_000
const SLOW = { batchDelayMs: 1, failBatch: null }
const FAST = { batchDelayMs: 0, failBatch: null }

/**
 * An account with many contacts, and a user who came after them: her number is longer than that of the present owner, so that
 * an assign to her makes the rows, and with them the file, grow.
 */
function openTree(contacts = CONTACTS): Lab {
  const lab = openLab({
    tables: { account: {}, contact: {} },
    relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade'],
  })
  lab.rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: Object.fromEntries(Array.from({ length: contacts }, (_, index) => [`C${index}`, { accountid: 'A', ownerid: 'alice' }])),
    systemuser: { late: { businessunitid: 'root' } },
  })
  return lab
}

const troublesOf = (events: WorkbenchEvent[]) => events.flatMap((event) => (event.kind === 'trouble' ? [event.error] : []))

function ownersOf(lab: Lab): Record<string, number> {
  const owners = Object.values(lab.column('contact', 'ownerid')).map(String)
  return Object.fromEntries([...new Set(owners)].map((owner) => [owner, owners.filter((each) => each === owner).length]))
}

const troubleComes = ({ workbench }: OpenedWorkbench) =>
  new Promise<void>((resolve) => {
    const undo = workbench.subscribe((event) => {
      if (event.kind !== 'trouble') return
      undo()
      resolve()
    })
  })

/** A job of four batches that stands before its first, with its records held. */
async function startSlowly(lab: Lab, opened: OpenedWorkbench, request = lab.assign('A', 'late')): Promise<string> {
  const { workbench, time } = opened
  workbench.setFaults(SLOW)
  const { jobId } = await workbench.as('admin').execute(request, { mode: 'Async' })
  await time.someoneWaits()
  workbench.setFaults(FAST)
  return jobId ?? ''
}

/** Another program with the right to write. */
function lockByAnother(path: string): () => void {
  const other = new Database(path, { timeout: 0 })
  onTestFinished(() => {
    other.close()
  })
  other.exec('BEGIN IMMEDIATE')
  return () => other.exec('ROLLBACK')
}

test('while another program writes, a job waits and says so, and goes on when it is let [JB3, JB6]', async () => {
  const lab = openTree()
  const opened = await openThreads(lab)
  const { workbench, time, events } = opened
  const jobId = await startSlowly(lab, opened)
  const letGo = lockByAnother(lab.path)
  const trouble = troubleComes(opened)

  time.pass()
  await trouble
  const meanwhile = { job: lab.engine.as('admin').getJob(jobId).job, owners: ownersOf(lab) }
  await time.someoneWaits()
  letGo()
  time.pass()
  const job = await workbench.jobEnded(jobId)

  expect(troublesOf(events)).toMatchObject([
    { code: 'STORE_BUSY', platformCode: '0x80044151', hint: 'Close the other program, then try again.', details: { path: lab.path } },
  ])
  expect(meanwhile).toMatchObject({ job: { status: 'In Progress', processed: 0, batches: 0 }, owners: { alice: CONTACTS } })
  expect(job).toMatchObject({ status: 'Completed', total: CONTACTS + 1, processed: CONTACTS + 1, batches: 5 })
  expect(ownersOf(lab)).toEqual({ late: CONTACTS })
  expect(await workbench.checkIntegrity()).toEqual([])
})

test('while another program writes, others read, and who would write is told [EF5]', async () => {
  const lab = openTree(3)
  const { workbench } = await openThreads(lab)
  const letGo = lockByAnother(lab.path)

  const update = () => workbench.as('admin').updateRecord(lab.refOf('B'), { name: 'changed' })

  expect(await refusalOfAsync(update())).toMatchObject({ code: 'STORE_BUSY', platformCode: '0x80044151', details: { path: lab.path } })
  expect(await workbench.as('admin').countRecords('contact')).toBe(3)
  expect(lab.labels('account')).toEqual(['A', 'B'])
  letGo()
  await update()
  expect(lab.labels('account')).toEqual(['A', 'changed'])
})

test('on a full disk a job writes nothing by halves, says so, and goes on after room is made [JB3, EF5]', async () => {
  const lab = openTree()
  const opened = await openThreads(lab, spawnLimitedWorker)
  const { workbench, workers, time, events } = opened
  const jobId = await startSlowly(lab, opened)
  await fillDisk(workers[JOB])
  const trouble = troubleComes(opened)

  time.pass()
  await trouble
  const { job: stopped } = lab.engine.as('admin').getJob(jobId)
  const owners = ownersOf(lab)
  const findings = await workbench.checkIntegrity()
  await time.someoneWaits()
  await makeRoom(workers[JOB])
  time.pass()
  const job = await workbench.jobEnded(jobId)

  expect(troublesOf(events)).toMatchObject([
    { code: 'STORE_FULL', platformCode: null, hint: 'Make room, then try again.', details: { path: lab.path } },
  ])
  expect(stopped).toMatchObject({ status: 'In Progress', errorCode: null })
  expect(owners.late ?? 0).toBe(Math.max(0, stopped.processed - 1))
  expect(stopped.processed).toBeLessThan(CONTACTS)
  expect(findings).toEqual([])
  expect(job).toMatchObject({ status: 'Completed', processed: CONTACTS + 1, batches: 5, retryCount: 0 })
  expect(ownersOf(lab)).toEqual({ late: CONTACTS })
  expect(await workbench.checkIntegrity()).toEqual([])
})

test('a job that waited in vain for room goes on when the next one is asked for [JB4, JB6]', async () => {
  const lab = openTree()
  const opened = await openThreads(lab, spawnLimitedWorker)
  const { workbench, workers, time, events } = opened
  const jobId = await startSlowly(lab, opened)
  const ended = refusalOfAsync(workbench.jobEnded(jobId))
  let isGivenUp = false
  void ended.then(() => {
    isGivenUp = true
  })
  await fillDisk(workers[JOB])
  while (!isGivenUp) {
    await Promise.race([time.someoneWaits(), ended])
    time.pass()
  }
  await makeRoom(workers[JOB])

  const next = await workbench.as('admin').execute(lab.assign('B', 'bob'), { mode: 'Async' })
  const jobs = await Promise.all([jobId, next.jobId ?? ''].map((id) => workbench.jobEnded(id)))

  expect(await ended).toMatchObject({ code: 'STORE_FULL' })
  expect(new Set(troublesOf(events).map(({ code }) => code))).toEqual(new Set(['STORE_FULL']))
  expect(jobs.map(({ status }) => status)).toEqual(['Completed', 'Completed'])
  expect(ownersOf(lab)).toEqual({ late: CONTACTS })
})

test('on a full disk a synchronous cascade leaves no trace [SY1, EF5]', async () => {
  const lab = openTree()
  const { workbench, workers } = await openThreads(lab, spawnLimitedWorker)
  await workbench.as('admin').countRecords('contact')
  const before = lab.everything()
  await fillDisk(workers[INTERACTIVE])

  const execute = () => workbench.as('admin').execute(lab.assign('A', 'late'), { mode: 'Sync' })

  expect(await refusalOfAsync(execute())).toMatchObject({ code: 'STORE_FULL', details: { path: lab.path } })
  expect(lab.everything()).toEqual(before)
  await makeRoom(workers[INTERACTIVE])
  expect(await execute()).toMatchObject({ outcome: 'Completed', affected: CONTACTS + 1 })
})

test('what was committed is never called refused because its log did not fit into the file any more [EF5]', async () => {
  const path = join(temporaryFolder(), 'short.cascade')
  const script = fileURLToPath(new URL('../../support/short-file-process.ts', import.meta.url))
  // 20 MB, counted in blocks of 512 bytes: the log may grow so far that it is to be brought into the file, the file not much longer.
  const limited = `ulimit -f 40000; exec "$0" --disable-warning=ExperimentalWarning "$1" "$2"`

  const child = spawn('/bin/sh', ['-c', limited, process.execPath, script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const { made, there, code } = JSON.parse(printed) as Record<string, unknown>

  expect(made).toBeGreaterThan(0)
  expect(there).toBe(made)
  expect(code).toBe('ENVIRONMENT_UNUSABLE')
})

test('a job whose thread may not write says so, and goes on when it may [JB3, EF5]', async () => {
  const lab = openTree()
  const opened = await openThreads(lab, spawnLimitedWorker)
  const { workbench, workers, time, events } = opened
  const jobId = await startSlowly(lab, opened)
  await forbidWrites(workers[JOB])
  const trouble = troubleComes(opened)

  time.pass()
  await trouble
  const { job: stopped } = lab.engine.as('admin').getJob(jobId)
  await time.someoneWaits()
  await allowWrites(workers[JOB])
  time.pass()
  const job = await workbench.jobEnded(jobId)

  expect(troublesOf(events)).toMatchObject([{ code: 'ENVIRONMENT_UNUSABLE', details: { path: lab.path, sqliteCode: 'SQLITE_READONLY' } }])
  expect(stopped).toMatchObject({ status: 'In Progress', processed: 0 })
  expect(job).toMatchObject({ status: 'Completed', processed: CONTACTS + 1, batches: 5 })
})

test('a second instance is refused with a hint while the first works, and goes on with its job after the first was killed [EF6, JB6]', async () => {
  const lab = openTree()
  lab.engine.changeSettings({ batchSize: 10 })
  const script = fileURLToPath(new URL('../../support/workbench-process.ts', import.meta.url))
  const args = ['--disable-warning=ExperimentalWarning', script, lab.path, JSON.stringify(lab.delete('A'))]
  const first = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    first.kill('SIGKILL')
  })
  const exit = once(first, 'exit')
  const given = {
    path: lab.path,
    mode: 'open',
    now: Date.now,
    newId: countedIds(),
    wait: () => Promise.resolve(),
    worker: 'inline',
  } as const

  // A line after each batch.
  for (let printed = ''; printed.split('\n').length < 4; ) printed += String((await once(first.stdout, 'data'))[0])
  const refused = await openWorkbench(given).catch((error: unknown) => error)
  first.kill('SIGKILL')
  const [, signal] = await exit
  const { job: between } = lab.engine
    .as('admin')
    .findJobs({ kind: 'cascade', limit: 1_000 })
    .jobs.map((job) => ({ job }))[0] ?? { job: undefined }
  const { workbench } = await openThreads(lab)
  const job = await workbench.jobEnded(between?.id ?? '')

  expect(refused).toMatchObject({
    code: 'ENVIRONMENT_UNUSABLE',
    message: `${lab.path} is open in another window or program of Cascade Workbench.`,
    hint: 'Work there, or close it there first.',
    details: { path: lab.path },
  })
  expect(signal).toBe('SIGKILL')
  expect(between).toMatchObject({ statecode: 2, total: CONTACTS + 1 })
  expect(between?.processed).toBeLessThan(CONTACTS)
  expect(job).toMatchObject({ status: 'Completed', processed: CONTACTS + 1, batches: 201 })
  expect([lab.labels('account'), lab.labels('contact')]).toEqual([['B'], []])
  expect(await workbench.checkIntegrity()).toEqual([])
})
