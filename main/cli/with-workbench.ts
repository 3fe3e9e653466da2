import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { Draft } from '#engine/store/draft'
import { beginFile } from '#engine/store/file'
import { inEnglish } from '#text/english'
import { spawnBatchWorker } from '../batch/spawn-batch-worker.ts'
import { secretsOf } from '../plugins/agreement-key.ts'
import { openWorkbench } from '../workbench/index.ts'
import type { Workbench } from '../workbench/workbench.ts'
import { grouped } from './output.ts'
import { createProgress, followProgress } from './progress.ts'
import { printAside } from './terminal.ts'
import { dataFolder, userAgreementKey } from './user-data.ts'

/** Thrown after Ctrl+C, when everything is closed. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted. A running job continues when the environment is opened again.')
    this.name = 'Interrupted'
  }
}

/**
 * Opens an environment, calls `work`, shows progress, and always closes the environment. Ctrl+C lets the current batch commit and
 * then closes. With `create`, a missing file is made as a draft and put in place when the work is done: a failure leaves nothing.
 */
export async function withWorkbench<T>(path: string, work: (workbench: Workbench) => Promise<T>, { create = false } = {}): Promise<T> {
  if (!create || existsSync(path)) return withOpened(path, undefined, work)
  const draft = beginFile(path)
  try {
    const value = await withOpened(path, draft, work)
    draft.place()
    return value
  } finally {
    draft.discard()
  }
}

async function withOpened<T>(path: string, draft: Draft | undefined, work: (workbench: Workbench) => Promise<T>): Promise<T> {
  const workbench = await openWorkbench({
    path,
    ...(draft === undefined ? { mode: 'open' } : { mode: 'create', draft: draft.path }),
    now: Date.now,
    newId: () => v7(),
    wait,
    worker: spawnBatchWorker,
    // Most commands need one thread or none.
    startsAhead: false,
    agreementKey: userAgreementKey(),
    secret: secretsOf(dataFolder()),
  })
  noteFindings(workbench)
  const stopFollowing = followProgress(workbench, createProgress())
  const interruption = interruptible()
  try {
    return await Promise.race([work(workbench), interruption.promise])
  } finally {
    interruption.stop()
    stopFollowing()
    await workbench.close()
  }
}

/** Prints what the user should know about the file, beside the results. */
function noteFindings(workbench: Workbench): void {
  const { path, notices, heldJobs } = workbench.info()
  const held =
    heldJobs === 0
      ? []
      : [
          `${grouped(heldJobs)} ${heldJobs === 1 ? 'job' : 'jobs'} came with this file from somebody else and are held. ` +
            `List them with: cascade jobs ${path}. Let them continue with: cascade jobs ${path} continue.`,
        ]
  for (const note of [...notices.map(inEnglish), ...held]) printAside(`Note: ${note}\n`)
}

function interruptible(): { promise: Promise<never>; stop: () => void } {
  let stop = () => {}
  const promise = new Promise<never>((_, reject) => {
    const interrupt = () => reject(new Interrupted())
    process.once('SIGINT', interrupt)
    process.once('SIGTERM', interrupt)
    stop = () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  })
  promise.catch(() => {})
  return { promise, stop }
}
