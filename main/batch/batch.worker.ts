import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import { v7 } from 'uuid'
import { openEngine } from '#engine'
import type { Engine } from '#engine/engine'
import { toErrorData } from '#engine/errors'
import type { Answer, BatchWork, ProgressMessage, WorkerSetup } from './batch.contract.ts'
import { batchWork } from './batch-work.ts'
import { endpoint } from './endpoint.ts'
import { workerTurns } from './write-turns.ts'

/** Between two workers' lives there is nothing to keep: all state is in the environment file. */
const work: { engine?: Engine; does?: BatchWork } = {}

const methods = [
  'planCascade',
  'describePlan',
  'findPlanRows',
  'discardPlan',
  'executeSync',
  'findRecords',
  'countRecords',
  'runJob',
  'holdBatch',
  'runHeld',
  'checkpoint',
  'checkIntegrity',
  'startJob',
  'inspectSource',
  'importSource',
  'inspectCsv',
  'importCsv',
  'generate',
] as const satisfies (keyof BatchWork)[]

async function answer<T>(call: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call() }
  } catch (error) {
    return { ok: false, error: toErrorData(error) }
  }
}

const open = ({ path, turns, number }: WorkerSetup) =>
  answer(() => {
    const now = Date.now
    const newId = () => v7()
    work.engine = openEngine({ path, mode: 'open', now, newId, turns: workerTurns(turns, number) })
    work.does = batchWork(work.engine, {
      now,
      newId,
      onProgress: (progress) => parentPort?.postMessage({ progress } satisfies ProgressMessage),
    })
    return undefined
  })

const close = () =>
  answer(() => {
    work.engine?.close()
    return undefined
  })

const calls = Object.fromEntries(
  methods.map((method) => [
    method,
    (...args: unknown[]) =>
      answer(() => {
        if (!work.does) throw new Error('The worker has not been opened')
        return (work.does[method] as (...given: unknown[]) => unknown)(...args)
      }),
  ]),
)

if (parentPort) expose(Object.freeze({ open, close, ...calls }), endpoint(parentPort))
