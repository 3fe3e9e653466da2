import { Worker } from 'node:worker_threads'

/** From the sources Node runs the TypeScript file itself; in the bundle the worker lies beside this file. */
export const spawnBatchWorker = (): Worker =>
  new Worker(new URL(import.meta.url.endsWith('.ts') ? './batch.worker.ts' : './batch.worker.js', import.meta.url))
