import type { ThresholdOperation } from '#engine/contract/cascades'
import { openBench, requestFor } from './environment.ts'

/** A process that dies in the middle of a job: `job-process.ts PATH OPERATION`. One batch at a time, so that also a small job has a middle. */
const [path = '', operation] = process.argv.slice(2)

const workbench = await openBench(path)
const request = await requestFor(workbench, operation as ThresholdOperation)
const { affected, planId } = await workbench.as('admin').preview(request, 'Async')
await workbench.as('admin').discardPlan(planId)
await workbench.changeSettings({ batchSize: Math.min(workbench.settings().batchSize, Math.ceil(affected / 4)) })
workbench.setFaults({ batchDelayMs: 1, failBatch: null })
workbench.subscribe((event) => {
  const job = event.kind === 'job' ? event.job : event.kind === 'jobProgress' ? event.progress : undefined
  if (job && job.total > 0 && job.processed >= job.total / 2) process.kill(process.pid, 'SIGKILL')
})
await workbench.as('admin').execute(request, { mode: 'Async' })
