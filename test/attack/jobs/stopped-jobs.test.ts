import { expect, onTestFinished, test } from 'vitest'
import type { Job } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'
import type { InlineWorkbench, WorkbenchEvent } from '../../../main/workbench/index.ts'
import { openWorkbench } from '../../../main/workbench/index.ts'
import type { LabModel } from '../../support/engine.ts'
import { countedIds } from '../../support/engine.ts'
import { openPipeline, type PipelineLab } from '../../support/pipeline.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {}, task: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade', 'account > task.accountid Delete=Cascade'],
}

const openTree = (): PipelineLab =>
  openPipeline(MODEL).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: { C0: { accountid: 'A', ownerid: 'alice' } },
    task: { T: { accountid: 'B', ownerid: 'alice' } },
  })

/** A workbench over a lab's file that does all work on this thread, with the plug-ins of the lab. */
async function openInline(lab: PipelineLab): Promise<{ workbench: InlineWorkbench; events: WorkbenchEvent[] }> {
  const events: WorkbenchEvent[] = []
  const workbench = await openWorkbench({
    path: lab.path,
    mode: 'open',
    now: () => lab.nowMs,
    newId: countedIds(),
    wait: async (ms) => void (lab.nowMs += ms),
    worker: 'inline',
    plugins: { runtime: lab.runtime, ready: async () => undefined },
  })
  workbench.subscribe((event) => events.push(event))
  onTestFinished(() => workbench.close())
  return { workbench, events }
}

const troublesOf = (events: WorkbenchEvent[]) => events.flatMap((event) => (event.kind === 'trouble' ? [event.error.code] : []))

const messagesOf = (workbench: InlineWorkbench, { id }: Pick<Job, 'id'>): string[] =>
  workbench
    .as('admin')
    .getJob(id)
    .messages.map(({ text }) => inEnglish(text))

/** Makes every module of this plug-in fail in a way that no plug-in can. */
function breakRuntime(lab: PipelineLab): () => void {
  const { load } = lab.runtime
  lab.runtime.load = () => {
    throw new TypeError('The runtime is broken')
  }
  return () => {
    lab.runtime.load = load
  }
}

test('an unexpected error in a batch pauses that job with its stack, the others go on, and it can be resumed [JB16]', async () => {
  const lab = openTree()
  lab.plugin('listens', { message: 'Assign', table: 'contact', stage: 'PostOperation', handler: () => undefined })
  const repair = breakRuntime(lab)
  const { workbench, events } = await openInline(lab)
  const user = workbench.as('admin')
  const broken = await user.execute(lab.assign('A', 'bob'), { mode: 'Async' })
  const other = await user.execute(lab.delete('B'), { mode: 'Async' })

  const [stopped, done] = await Promise.all([broken, other].map(({ jobId }) => workbench.jobEnded(jobId ?? '')))

  expect(stopped).toMatchObject({ status: 'Paused', processed: 1 })
  expect(done).toMatchObject({ status: 'Completed', processed: 2 })
  expect(messagesOf(workbench, stopped as Job).slice(-2)).toEqual([
    expect.stringMatching(/The runtime is broken.*so that others go on/),
    expect.stringMatching(/^TypeError: The runtime is broken\n {4}at /),
  ])
  expect(troublesOf(events)).toEqual(['UNEXPECTED'])
  repair()
  await user.resumeJob(stopped?.id ?? '')
  expect(await workbench.jobEnded(stopped?.id ?? '')).toMatchObject({ status: 'Completed', processed: 2, message: null })
})

test('an unexpected error in an asynchronous step fails its job, and the steps after it run [JB16]', async () => {
  const lab = openTree()
  let runs = 0
  const handler = () => void runs++
  lab.plugin('later', { message: 'Update', table: 'account', stage: 'PostOperation', mode: 'Async', handler })
  const { workbench } = await openInline(lab)
  const repair = breakRuntime(lab)
  await workbench.as('admin').updateRecord(lab.refOf('A'), { name: 'first' })
  await workbench.stepJobsEnded()
  repair()
  await workbench.as('admin').updateRecord(lab.refOf('B'), { name: 'second' })

  await workbench.stepJobsEnded()

  const { jobs } = workbench.as('admin').findJobs({ kind: 'step', limit: 10 })
  expect(jobs.map(({ status }) => status)).toEqual(['Completed', 'Failed'])
  expect(messagesOf(workbench, jobs[1] as Job).at(-1)).toMatch(/^TypeError: The runtime is broken\n/)
  expect(runs).toBe(1)
})
