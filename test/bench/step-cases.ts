import { v7 } from 'uuid'
import type { PluginRuntime } from '#engine/contract/plugin-runtime'
import { createNativeRuntime } from '../../main/plugins/native/index.ts'
import { inlinePackage } from '../../main/plugins/package/index.ts'
import { createSandbox } from '../../main/plugins/sandbox/index.ts'
import { openWorkbench } from '../../main/workbench/index.ts'
import type { Workbench } from '../../main/workbench/workbench.ts'
import { messageOfJob } from '../support/message-of-job.ts'
import type { Case, RunFacts } from './cases.ts'
import { openBench, requestFor } from './environment.ts'
import { type Measured, measure } from './measure.ts'

/** What plug-in steps cost in a job: each record with its steps is a transaction of its own. */

const STEP = {
  plain: `handler({ target }) { if (target.ownerid === null) throw new Error('Nobody owns this') }`,
  images: `preImage: ['ownerid', 'statecode'], postImage: ['ownerid', 'name'],
    handler({ preImage, postImage }) { if (preImage.ownerid.id === postImage.ownerid.id) throw new Error('Nothing changed') }`,
  // The account of the name that the benchmark's other records have: none of those that are assigned.
  update: `handler({ service, sharedVariables, depth }) {
      if (depth > 2) return
      globalThis.other ??= service.retrieveMultiple({ table: 'account', where: { name: 'Other 0' }, columns: ['accountid'], top: 1 })[0].accountid
      service.update('account', globalThis.other, { statuscode: 1 })
    }`,
}

const ANY_RECORD = `filteringAttributes: ['ownerid'],`

const moduleOf = (kind: keyof typeof STEP, count: number, listensTo = ANY_RECORD): string => `export default {
  name: 'measured', version: '1.0.0', apiVersion: 1,
  steps: [${Array.from({ length: count }, () => `{ message: 'Update', ${listensTo} stage: 'PostOperation', ${STEP[kind]} }`).join(', ')}],
}`

const assigned = async (workbench: Workbench): Promise<RunFacts> => {
  const { jobId } = await workbench.as('admin').execute(await requestFor(workbench, 'Assign'), { mode: 'Async' })
  const job = await workbench.jobEnded(jobId ?? '')
  if (job.status !== 'Completed') throw new Error(`${job.name} ended ${job.status}: ${messageOfJob(job)}`)
  return { affected: job.total }
}

/** As the product does it: in the belt's thread, contained. The plug-in is installed before the time is taken. */
const inWorker =
  (module: string, settings: Parameters<Workbench['changeSettings']>[0] = {}) =>
  async (path: string): Promise<Measured<RunFacts>> => {
    const workbench = await openBench(path)
    try {
      await workbench.changeSettings(settings)
      await workbench.installPlugin(inlinePackage(module), { isEnabled: true })
      return await measure(() => assigned(workbench))
    } finally {
      await workbench.close()
    }
  }

/** All on this thread, where the same can be had without containment. Its clock stands still, so that no batch gives others a turn. */
const onThisThread =
  (module: string, plugins: () => { runtime: PluginRuntime; ready: () => Promise<void>; close?: () => void }) =>
  async (path: string): Promise<Measured<RunFacts>> => {
    const nowMs = Date.now()
    const runtime = plugins()
    const wait = () => Promise.resolve()
    const given = { path, mode: 'open', now: () => nowMs, newId: () => v7(), wait, worker: 'inline', plugins: runtime } as const
    const workbench = await openWorkbench(given)
    try {
      await workbench.installPlugin({ ...inlinePackage(module), origin: 'measured' }, { isEnabled: true })
      return await measure(() => assigned(workbench))
    } finally {
      await workbench.close()
      runtime.close?.()
    }
  }

const contained = () => createSandbox({ time: { kind: 'real' } })

const native = (module: string) => () => {
  const definition = new Function(`return ${module.replace('export default', '')}`)() as unknown
  return { runtime: createNativeRuntime({ modules: new Map([['measured', definition]]) }), ready: async () => undefined }
}

const TARGET: [number, number] = [0.33, 0.5]

export const STEP_CASES: Case[] = [
  {
    name: 'steps: none that listen',
    shape: 'deep',
    raw: 'assign',
    target: [0.45, 0.75],
    run: inWorker(moduleOf('plain', 1, `table: 'systemuser',`)),
  },
  { name: 'steps: 1', shape: 'deep', raw: 'eachLogged', alsoRaw: 'each', target: TARGET, run: inWorker(moduleOf('plain', 1)) },
  { name: 'steps: 5', shape: 'deep', raw: 'eachLoggedFiveTimes', alsoRaw: 'each', run: inWorker(moduleOf('plain', 5)) },
  { name: 'steps: 1 with both images', shape: 'deep', raw: 'eachLogged', alsoRaw: 'each', run: inWorker(moduleOf('images', 1)) },
  { name: 'steps: 1 with a nested update', shape: 'deep', raw: 'eachWithAnother', alsoRaw: 'each', run: inWorker(moduleOf('update', 1)) },
  {
    name: 'steps: 1, trace log off',
    shape: 'deep',
    raw: 'eachPositioned',
    alsoRaw: 'each',
    run: inWorker(moduleOf('plain', 1), { pluginTraceLog: 'Off' }),
  },
  {
    name: 'steps: 1, contained, one thread',
    shape: 'deep',
    raw: 'eachLogged',
    alsoRaw: 'each',
    run: onThisThread(moduleOf('plain', 1), contained),
  },
  {
    name: 'steps: 1, not contained, one thread',
    shape: 'deep',
    raw: 'eachLogged',
    alsoRaw: 'each',
    run: onThisThread(moduleOf('plain', 1), native(moduleOf('plain', 1))),
  },
]
