import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { EngineError } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { RecordInput, RecordRef } from '#engine/contract/records'
import type { Workbench } from '../../main/workbench/workbench.ts'
import { messageOfJob } from '../support/message-of-job.ts'
import { accountNamed, type BenchOperation, openBench, openPlain, requestFor } from './environment.ts'
import { everySecond, type Latency, latencyOf, type Measured, measure } from './measure.ts'
import type { RawOperation } from './raw.ts'
import type { Shape } from './shape.ts'

/** What a run tells beside its time. */
export interface RunFacts {
  affected: number
  firstBatchMs?: number
  batchSize?: number
  /** On a record that the cascade leaves alone, and on one that it reaches. */
  writesOutside?: Latency
  writesInside?: Latency
  failedWrites?: number
  writesPerSecond?: number
  reads?: Latency
  /** Records that were done when the process was killed or the job paused. */
  doneBefore?: number
  /** From the call that opens the environment until it has. */
  openMs?: number
  /** From the call that opens the environment, or resumes the job, until the next batch is committed. */
  nextBatchMs?: number
}

export interface Case {
  name: string
  shape: Shape
  /** What it is compared with, in the same run on the same number of rows. */
  raw: RawOperation | null
  /** A second reference. */
  alsoRaw?: RawOperation
  /** Lowest ratio (raw time / our time) that we accept, and the one we aim for. */
  target?: [atLeast: number, aim: number]
  /** On a copy of the environment, which it opens and closes. */
  run(path: string): Promise<Measured<RunFacts>>
}

/** The environment is open, and its threads have started, before the time is taken. */
const opened =
  (work: (workbench: Workbench) => Promise<RunFacts>) =>
  async (path: string): Promise<Measured<RunFacts>> => {
    const workbench = await openBench(path)
    try {
      return await measure(() => work(workbench))
    } finally {
      await workbench.close()
    }
  }

const plan =
  (operation: BenchOperation) =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const { affected, planId } = await workbench.as('admin').preview(await requestFor(workbench, operation), 'Sync')
    await workbench.as('admin').discardPlan(planId)
    return { affected }
  }

const sync =
  (operation: BenchOperation, root = 'Root') =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const { affected } = await workbench.as('admin').execute(await requestFor(workbench, operation, root), { mode: 'Sync' })
    return { affected }
  }

const startJob = async (workbench: Workbench, operation: BenchOperation): Promise<string> => {
  const { jobId } = await workbench.as('admin').execute(await requestFor(workbench, operation), { mode: 'Async' })
  if (jobId === null) throw new Error(`${operation} did not become a job`)
  return jobId
}

const completed = (job: Job): RunFacts => {
  if (job.status !== 'Completed') throw new Error(`${job.name} ended ${job.status}: ${messageOfJob(job)}`)
  return { affected: job.total }
}

const async =
  (operation: BenchOperation) =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const startedMs = performance.now()
    let firstBatchMs: number | undefined
    const undo = workbench.subscribe((event) => {
      const job = event.kind === 'job' ? event.job : event.kind === 'jobProgress' ? event.progress : undefined
      if (job && job.processed > 0) firstBatchMs ??= performance.now() - startedMs
    })
    const facts = completed(await workbench.jobEnded(await startJob(workbench, operation)))
    undo()
    return { ...facts, ...(firstBatchMs === undefined ? {} : { firstBatchMs }) }
  }

const withBatches = (batchSize: number, work: (workbench: Workbench) => Promise<RunFacts>) => async (workbench: Workbench) => {
  await workbench.changeSettings({ batchSize })
  return { ...(await work(workbench)), batchSize }
}

/**
 * A person's work at a machine's pace: 100 changes a second in turns on a record that the cascade leaves alone and on one that
 * it reaches last, and 200 reads a second, in turns of one record and of a page.
 */
const withForeground =
  (work: (workbench: Workbench) => Promise<RunFacts>) =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const outside = await accountNamed(workbench, 'Other 0')
    const inside = await lastTask(workbench)
    let serial = 0
    const change = (record: RecordRef) => workbench.as('admin').updateRecord(record, { name: `Changed ${(serial += 1)}` })
    const startedMs = performance.now()
    const outsideWrites = everySecond(50, () => change(outside))
    const insideWrites = everySecond(
      50,
      unlessGone(() => change(inside)),
      10,
    )
    const records = everySecond(100, () => workbench.as('admin').getRecord(outside))
    const pages = everySecond(100, () => workbench.as('admin').findRecords({ table: 'task', offset: 0, limit: 50 }), 5)
    const facts = await work(workbench)
    const seconds = (performance.now() - startedMs) / 1_000
    const [written, writtenInside, read, readPages] = await Promise.all(
      [outsideWrites, insideWrites, records, pages].map((each) => each.stop()),
    )
    if (!written || !writtenInside || !read || !readPages) throw new Error('Something that was started did not stop')
    return {
      ...facts,
      writesOutside: latencyOf(written.samplesMs),
      writesInside: latencyOf(writtenInside.samplesMs),
      failedWrites: written.failed + writtenInside.failed,
      writesPerSecond: (written.samplesMs.length + writtenInside.samplesMs.length) / seconds,
      reads: latencyOf([...read.samplesMs, ...readPages.samplesMs]),
    }
  }

/** A row that an assign and a delete come to last but for the root: the newest right below it. */
async function lastTask(workbench: Workbench): Promise<RecordRef> {
  const values: RecordInput = { name: 'Root', regardingobjectid: await accountNamed(workbench, 'Root') }
  const { record } = await workbench.as('admin').createRecord('task', values)
  if (!record) throw new Error('Nothing was created')
  return record
}

/** A delete takes the record away in its last batches; that is no failure. */
const unlessGone = (change: () => Promise<unknown>) => {
  let isGone = false
  return async () => {
    if (isGone) return false
    try {
      return await change()
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'RECORD_NOT_FOUND') throw error
      isGone = true
      return false
    }
  }
}

const nothing = () => new Promise<RunFacts>((settle) => setTimeout(() => settle({ affected: 0 }), 3_000))

/** A process of its own works on the job and is killed in the middle of it; another opens the environment and goes on. */
const killed =
  (operation: BenchOperation) =>
  async (path: string): Promise<Measured<RunFacts>> => {
    await dieInJob(path, operation)
    const measured = await measure(async () => {
      const startedMs = performance.now()
      const workbench = await openPlain(path)
      const openMs = performance.now() - startedMs
      const [job] = workbench.as('admin').findJobs({ kind: 'cascade', limit: 1 }).jobs
      if (!job) throw new Error('The process was killed before it had a job')
      const doneBefore = job.processed
      await progressBeyond(workbench, job.id, doneBefore)
      const nextBatchMs = performance.now() - startedMs
      const facts = completed(await workbench.jobEnded(job.id))
      return { workbench, facts: { ...facts, doneBefore, openMs, nextBatchMs } }
    })
    await measured.value.workbench.close()
    return { ...measured, value: measured.value.facts }
  }

function dieInJob(path: string, operation: BenchOperation): Promise<void> {
  const script = fileURLToPath(new URL('job-process.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, path, operation],
      (error, _printed, errors) => {
        if (child.signalCode === 'SIGKILL') resolve()
        else reject(error ?? new Error(`The job ended before its process was killed. ${errors}`))
      },
    )
  })
}

/** A batch in the middle fails, the job pauses, and somebody resumes it. */
const paused =
  (operation: BenchOperation) =>
  async (workbench: Workbench): Promise<RunFacts> => {
    await workbench.changeSettings({ maxAttempts: 1 })
    const { affected, planId } = await workbench.as('admin').preview(await requestFor(workbench, operation), 'Async')
    await workbench.as('admin').discardPlan(planId)
    const failBatch = 1 + Math.floor(affected / workbench.settings().batchSize / 2)
    workbench.setFaults({ batchDelayMs: 0, failBatch })
    const jobId = await startJob(workbench, operation)
    const job = await workbench.jobEnded(jobId)
    if (job.status !== 'Paused') throw new Error(`${job.name} ended ${job.status} and was to pause`)
    workbench.setFaults({ batchDelayMs: 0, failBatch: null })

    const startedMs = performance.now()
    await workbench.as('admin').resumeJob(jobId)
    await progressBeyond(workbench, jobId, job.processed)
    const nextBatchMs = performance.now() - startedMs
    return { ...completed(await workbench.jobEnded(jobId)), doneBefore: job.processed, nextBatchMs }
  }

/** Looked at each millisecond, because events tell of several batches at once. */
async function progressBeyond(workbench: Workbench, jobId: string, position: number): Promise<void> {
  while (workbench.as('admin').getJob(jobId).job.processed <= position) await new Promise((settle) => setTimeout(settle, 1))
}

const BATCH_SIZES = [100, 500, 2_000, 5_000]

const foregroundCases = (operation: 'Assign' | 'Delete'): Case[] =>
  BATCH_SIZES.map((batchSize) => ({
    name: `foreground, ${operation.toLowerCase()} async, batches of ${batchSize.toLocaleString('en')}`,
    shape: 'deep',
    raw: null,
    run: opened(withForeground(withBatches(batchSize, async(operation)))),
  }))

export const CASES: Case[] = [
  { name: 'plan assign', shape: 'deep', raw: 'assign', target: [1, 2], run: opened(plan('Assign')) },
  { name: 'plan delete', shape: 'deep', raw: 'delete', target: [1, 2], run: opened(plan('Delete')) },
  { name: 'assign sync', shape: 'deep', raw: 'assign', target: [0.5, 0.8], run: opened(sync('Assign')) },
  { name: 'delete sync', shape: 'deep', raw: 'delete', alsoRaw: 'cascadeDelete', target: [0.6, 1], run: opened(sync('Delete')) },
  { name: 'merge sync', shape: 'wide', raw: 'merge', target: [0.5, 0.8], run: opened(sync('Merge')) },
  { name: 'assign async', shape: 'deep', raw: 'assign', target: [0.45, 0.75], run: opened(async('Assign')) },
  { name: 'delete async', shape: 'deep', raw: 'delete', target: [0.45, 0.75], run: opened(async('Delete')) },
  { name: 'merge async', shape: 'wide', raw: 'merge', target: [0.4, 0.7], run: opened(async('Merge')) },
  { name: 'reassign sync', shape: 'deep', raw: null, run: opened(sync('Reassign')) },
  { name: 'reassign async', shape: 'deep', raw: null, run: opened(async('Reassign')) },
  { name: 'bulk delete', shape: 'deep', raw: null, run: opened(async('BulkDelete')) },
  { name: 'foreground alone', shape: 'deep', raw: null, run: opened(withForeground(nothing)) },
  ...foregroundCases('Assign'),
  ...foregroundCases('Delete'),
  { name: 'foreground, assign sync', shape: 'deep', raw: null, run: opened(withForeground(sync('Assign'))) },
  { name: 'killed in assign async', shape: 'deep', raw: null, run: killed('Assign') },
  { name: 'killed in delete async', shape: 'deep', raw: null, run: killed('Delete') },
  { name: 'paused in assign async', shape: 'deep', raw: null, run: opened(paused('Assign')) },
  { name: 'paused in delete async', shape: 'deep', raw: null, run: opened(paused('Delete')) },
  { name: 'small assign', shape: 'deep', raw: null, run: opened(sync('Assign', 'Small')) },
  { name: 'small delete', shape: 'deep', raw: null, run: opened(sync('Delete', 'Small')) },
]
