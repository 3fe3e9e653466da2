import { Worker } from 'node:worker_threads'

/** Starts a worker thread: from the TypeScript file in the sources, from the file beside this one in the bundle. */
export const spawnBatchWorker = (): Worker =>
  new Worker(new URL(import.meta.url.endsWith('.ts') ? './batch.worker.ts' : './batch.worker.js', import.meta.url))
