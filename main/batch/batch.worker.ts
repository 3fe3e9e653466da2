import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import { v7 } from 'uuid'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import { toErrorData } from '#engine/contract/errors'
import type { Answer, BatchWork, BatchWorker, EnvironmentWork, ProgressMessage, UserWork, WorkerSetup } from './batch.contract.ts'
import { batchWork, needsPlugins } from './batch-work.ts'
import { threadCheckpoints } from './checkpoints.ts'
import { endpoint } from './endpoint.ts'
import { filesOf, type WorkerPlugins, workerPlugins } from './worker-plugins.ts'
import { workerTurns } from './write-turns.ts'

/** State of the thread. A new worker needs none of it, because all lasting state is in the environment file. */
const work: { engine?: Engine; does?: BatchWork; plugins?: WorkerPlugins; turn: Promise<unknown> } = { turn: Promise.resolve() }

async function answer<T>(call: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call() }
  } catch (error) {
    return { ok: false, error: toErrorData(error) }
  }
}

const open = ({ path, draft, identity, turns, checkpoints, number, agreementKey, secret }: WorkerSetup) =>
  answer(() => {
    const now = Date.now
    const newId = () => v7()
    work.plugins = workerPlugins([...filesOf(draft ?? path), ...secret])
    work.engine = openEngine({
      path,
      mode: 'open',
      now,
      precise: () => performance.now(),
      newId,
      turns: workerTurns(turns, number),
      checkpoints: threadCheckpoints(checkpoints, number),
      ...(draft === undefined ? {} : { draft }),
      ...(identity === undefined ? {} : { identity }),
      plugins: work.plugins.runtime,
      ...(agreementKey === undefined ? {} : { agreementKey }),
    })
    work.does = batchWork({
      engine: work.engine,
      now,
      newId,
      onProgress: (progress) => parentPort?.postMessage({ progress } satisfies ProgressMessage),
    })
    return undefined
  })

const close = () =>
  answer(() => {
    work.engine?.close()
    work.plugins?.close()
    return undefined
  })

/** Runs one call after the other, because a call that waits for a promise may have a transaction open. */
function inTurn<T>(call: () => Promise<T>): Promise<Answer<T>> {
  const done = work.turn.then(() => answer(call))
  work.turn = done
  return done
}

const call = (method: keyof EnvironmentWork, args: unknown[]) => run(method, (does) => does[method], args)

const callAs = (userId: string, method: keyof UserWork, args: unknown[]) => run(method, (does) => does.as(userId)[method], args)

const run = (method: string, find: (does: BatchWork) => unknown, args: unknown[]) =>
  inTurn(async () => {
    const { engine, does, plugins } = work
    if (!engine || !does) throw new Error('The worker has not been opened')
    if (needsPlugins(engine, method)) await plugins?.ready()
    return (find(does) as (...given: unknown[]) => unknown)(...args)
  })

if (parentPort) expose(Object.freeze({ open, call, callAs, close } satisfies BatchWorker), endpoint(parentPort))
