import type { CascadeOperation } from '#engine/model'
import type { Workbench } from '../../main/workbench/workbench.ts'
import { accountNamed, requestFor } from './environment.ts'
import { everySecond, type Latency } from './measure.ts'
import type { RawOperation } from './raw.ts'
import type { Shape } from './shape.ts'

/** What a run tells beside its time. */
export interface RunFacts {
  affected: number
  firstBatchMs?: number
  writes?: Latency
  reads?: Latency
  failedWrites?: number
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
  run(workbench: Workbench): Promise<RunFacts>
}

const plan =
  (operation: CascadeOperation) =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const { affected, planId } = await workbench.preview(requestFor(workbench, operation), 'admin', 'Sync')
    await workbench.discardPlan(planId)
    return { affected }
  }

const sync =
  (operation: CascadeOperation, root = 'Root') =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const { affected } = await workbench.execute(requestFor(workbench, operation, root), 'admin', { mode: 'Sync' })
    return { affected }
  }

const async =
  (operation: CascadeOperation) =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const startedMs = performance.now()
    let firstBatchMs: number | undefined
    const undo = workbench.subscribe((event) => {
      if (event.kind === 'job' && event.job.processed > 0) firstBatchMs ??= performance.now() - startedMs
    })
    const { jobId } = await workbench.execute(requestFor(workbench, operation), 'admin', { mode: 'Async' })
    if (jobId === null) throw new Error(`${operation} did not become a job`)
    const { job } = await workbench.jobEnded(jobId)
    undo()
    if (job.status !== 'Completed') throw new Error(`${operation} ended ${job.status}: ${job.message}`)
    return { affected: job.total, ...(firstBatchMs === undefined ? {} : { firstBatchMs }) }
  }

/** A person's work at a machine's pace: 100 changes and 200 reads a second on a record that the job leaves alone. */
const withForeground =
  (work: (workbench: Workbench) => Promise<RunFacts>) =>
  async (workbench: Workbench): Promise<RunFacts> => {
    const record = accountNamed(workbench, 'Other 0')
    let serial = 0
    const writes = everySecond(100, () => workbench.updateRecord(record, { name: `Other ${(serial += 1)}` }, 'admin'))
    const reads = everySecond(200, () => workbench.engine.findRecords({ table: 'task', offset: 0, limit: 50 }))
    const facts = await work(workbench)
    const { latency, failed } = await writes.stop()
    return { ...facts, writes: latency, failedWrites: failed, reads: (await reads.stop()).latency }
  }

const nothing = () => new Promise<RunFacts>((settle) => setTimeout(() => settle({ affected: 0 }), 3_000))

export const CASES: Case[] = [
  { name: 'plan assign', shape: 'deep', raw: 'assign', target: [1, 2], run: plan('Assign') },
  { name: 'plan delete', shape: 'deep', raw: 'delete', target: [1, 2], run: plan('Delete') },
  { name: 'assign sync', shape: 'deep', raw: 'assign', target: [0.5, 0.8], run: sync('Assign') },
  { name: 'delete sync', shape: 'deep', raw: 'delete', alsoRaw: 'cascadeDelete', target: [0.6, 1], run: sync('Delete') },
  { name: 'merge sync', shape: 'wide', raw: 'merge', target: [0.5, 0.8], run: sync('Merge') },
  { name: 'assign async', shape: 'deep', raw: 'assign', target: [0.45, 0.75], run: async('Assign') },
  { name: 'delete async', shape: 'deep', raw: 'delete', target: [0.45, 0.75], run: async('Delete') },
  { name: 'merge async', shape: 'wide', raw: 'merge', target: [0.4, 0.7], run: async('Merge') },
  { name: 'foreground alone', shape: 'deep', raw: null, run: withForeground(nothing) },
  { name: 'foreground, assign async', shape: 'deep', raw: null, run: withForeground(async('Assign')) },
  { name: 'foreground, delete async', shape: 'deep', raw: null, run: withForeground(async('Delete')) },
  { name: 'foreground, assign sync', shape: 'deep', raw: null, run: withForeground(sync('Assign')) },
  { name: 'small assign', shape: 'deep', raw: null, run: sync('Assign', 'Small') },
  { name: 'small delete', shape: 'deep', raw: null, run: sync('Delete', 'Small') },
]
