import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { Job, JobMessage, StepJob } from '#engine/contract/jobs'
import type { FieldValue, RecordRef } from '#engine/contract/records'
import type { StepDefinition } from '#plugin-api'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import { pagesOf, temporaryFolder } from '../../support/engine.ts'
import { LiveRuntime } from '../../support/live-runtime.ts'
import { runJob, runSteps } from '../../support/run-job.ts'

const FIXTURES = new URL('../../fixtures/environments/', import.meta.url)

interface TextsOfFormat2 {
  message: string | null
  friendlyMessage: string | null
}
/** As that version described them. */
interface JobOfFormat2 {
  job: Omit<Job, keyof TextsOfFormat2> & TextsOfFormat2
  messages: (Omit<JobMessage, 'text'> & { text: string })[]
}
type StepJobOfFormat2 = Record<string, unknown> & { message: string; errorMessage: string | null }

interface Known {
  startMs: number
  refs: Record<string, RecordRef>
  before: { jobs: JobOfFormat2[]; stepJobs: StepJobOfFormat2[]; notifications: unknown[] }
  after: { jobs: Partial<Job>[]; stepJobs: Partial<StepJob>[]; rows: Record<string, unknown[]> }
}

const known = JSON.parse(readFileSync(new URL('format-2-jobs.json', FIXTURES), 'utf8')) as Known

/** The step that was installed when the file was made. */
const LATER: StepDefinition = {
  message: 'Update',
  table: 'account',
  stage: 'PostOperation',
  mode: 'Async',
  filteringAttributes: ['note'],
  handler({ target, service }) {
    if (target.note === 'fail') throw new Error('The other system is closed')
    service.create('task', { name: `first after ${target.note}` })
    service.create('task', { name: `second after ${target.note}` })
  },
}

/** The file as its version left it, opened by today's, an hour later and with a clock that goes on by an hour. */
function openFixture() {
  const path = join(temporaryFolder(), 'jobs.cascade')
  writeFileSync(path, gunzipSync(readFileSync(new URL('format-2-jobs.cascade.gz', FIXTURES))))
  const runtime = new LiveRuntime()
  runtime.package({ name: 'later', version: '1.0.0', apiVersion: 1, steps: [LATER] })
  const clock = { nowMs: known.startMs }
  let ids = 0
  const engine = openEngine({
    path,
    mode: 'open',
    now: () => clock.nowMs,
    newId: () => `00000000-0000-7000-9000-${String(++ids).padStart(12, '0')}`,
    plugins: runtime,
  })
  onTestFinished(() => engine.close())
  return { engine, clock }
}

const asMessage = (text: string | null): Message | null => (text === null ? null : verbatim.text({ text }))

/** The texts of that version as messages, with the advice that the friendly message ended with. */
const textsOf = ({ message, friendlyMessage }: TextsOfFormat2): Pick<Job, 'message' | 'friendlyMessage' | 'hint'> => ({
  message: asMessage(message),
  friendlyMessage: asMessage(friendlyMessage),
  hint: asMessage(message && (friendlyMessage?.slice(message.length).replace(/^[. ]+/, '') ?? null)),
})

const CASCADES = { kinds: ['cascade'] } as const

const refOf = (label: string): RecordRef => known.refs[label] as RecordRef

/** Takes away what the paused and postponed jobs failed on. */
function removeObstacles(engine: Engine): void {
  for (const order of ['order 2', 'order 3', 'order 4']) engine.as('admin').updateRecord(refOf(order), { contactid: null })
  engine.as('admin').updateRecord(refOf('astray c2'), { accountid: refOf('astray') })
}

async function runAll(engine: Engine, clock: { nowMs: number }): Promise<void> {
  for (let due = engine.nextDueMs(CASCADES); due !== undefined || engine.nextJob(CASCADES); due = engine.nextDueMs(CASCADES)) {
    clock.nowMs = Math.max(clock.nowMs, due ?? 0)
    for (let job = engine.nextJob(CASCADES); job; job = engine.nextJob(CASCADES)) runJob(engine, job.id, 0)
  }
  await runSteps(engine)
}

const nameOf = (value: FieldValue | undefined): unknown =>
  value !== null && typeof value === 'object' && 'id' in value ? (value.name ?? null) : (value ?? null)

function rowsOf(engine: Engine): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.keys(known.after.rows).map((table) => [
      table,
      pagesOf(engine, table).map(({ values }) => ({
        name: values.name,
        owner: nameOf(values.ownerid),
        ...(table === 'contact' ? { account: nameOf(values.accountid) } : {}),
        ...(table === 'account' ? { state: values.statecode } : {}),
      })),
    ]),
  )
}

test('all jobs of an environment of format 2 come over as they were, with their messages [EF3, JB1, PG15]', () => {
  const { engine } = openFixture()

  const cascades = engine
    .as('admin')
    .findJobs({ kind: 'cascade', limit: 1_000 })
    .jobs.map(({ id }) => engine.as('admin').getJob(id))
    .map(({ job, messages }) => ({ job, messages }))
  const steps = engine.as('admin').findJobs({ kind: 'step', limit: 1_000 }).jobs

  expect(cascades).toEqual(
    known.before.jobs.map(({ job, messages }) => ({
      job: { ...job, kind: 'cascade', ...textsOf(job), record: null, failing: null, failed: 0, failedRun: null },
      messages: messages.map((message) => ({ ...message, text: verbatim.text({ text: message.text }) })),
    })),
  )
  expect(steps).toMatchObject(
    known.before.stepJobs.map(({ message, errorMessage, ...rest }) => ({
      ...rest,
      messageName: message,
      message: asMessage(errorMessage),
    })),
  )
  expect(engine.as('admin').findNotifications(0)).toEqual(known.before.notifications)
  expect(engine.checkIntegrity()).toEqual([])
})

test('jobs of format 2 are listed in the order in which they were created, whatever their kind [EF3]', () => {
  const { engine } = openFixture()
  const { jobs, total } = engine.as('admin').findJobs({ limit: 1_000 })

  expect(total).toBe(known.before.jobs.length + known.before.stepJobs.length)
  expect(jobs.map(({ createdOnMs }) => createdOnMs)).toEqual(jobs.map(({ createdOnMs }) => createdOnMs).toSorted((a, b) => b - a))
  expect(new Set(jobs.map(({ kind }) => kind))).toEqual(new Set(['cascade', 'step']))
})

test('jobs of format 2 that were under way, waiting or paused go on to the end that their version brought them to [EF3, JB6, JB10, PG16]', async () => {
  const { engine, clock } = openFixture()

  engine.recoverJobs()
  removeObstacles(engine)
  clock.nowMs += 3_600_000
  for (const { id, status } of engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs)
    if (status === 'Paused') engine.as('admin').resumeJob(id)
  await runAll(engine, clock)

  expect(
    engine
      .as('admin')
      .findJobs({ kind: 'cascade', limit: 1_000 })
      .jobs.map(({ id, status, processed, total, batches }) => ({ id, status, processed, total, batches })),
  ).toEqual(known.after.jobs)
  expect(
    engine
      .as('admin')
      .findJobs({ kind: 'step', limit: 100 })
      .jobs.map(({ id, status }) => ({ id, status })),
  ).toEqual(known.after.stepJobs)
  expect(rowsOf(engine)).toEqual(known.after.rows)
  expect(engine.checkIntegrity()).toEqual([])
})
