import { Worker } from 'node:worker_threads'
import { v7 } from 'uuid'
import type { CascadeRequest } from '#engine/contract/cascades'
import { openWorkbench } from '../../main/workbench/index.ts'

/**
 * A second instance of the product: `workbench-process.ts PATH REQUEST`. It runs three batches of a cascade as a job, says how
 * far the job is after each, and stays in the midst of the fourth until it is killed.
 */
const [path = '', request = ''] = process.argv.slice(2)
const BATCHES = 3
let waits = 0

const workbench = await openWorkbench({
  path,
  mode: 'open',
  now: () => Date.now(),
  newId: () => v7(),
  wait: () => (++waits <= BATCHES ? Promise.resolve() : new Promise(() => undefined)),
  worker: () => new Worker(new URL('../../main/batch/batch.worker.ts', import.meta.url)),
})
workbench.setFaults({ batchDelayMs: 1, failBatch: null })
workbench.subscribe((event) => {
  if (event.kind === 'job') process.stdout.write(`${event.job.processed}\n`)
  if (event.kind === 'jobProgress') process.stdout.write(`${event.progress.processed}\n`)
})
await workbench.as('admin').execute(JSON.parse(request) as CascadeRequest, { mode: 'Async' })
