import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 } from 'uuid'
import { inEnglish } from '#text/english'
import { spawnBatchWorker } from '../batch/spawn-batch-worker.ts'
import { secretsOf } from '../plugins/agreement-key.ts'
import { openWorkbench } from '../workbench/index.ts'
import type { Workbench } from '../workbench/workbench.ts'
import { grouped } from './output.ts'
import { createProgress, followProgress } from './progress.ts'
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
 * then closes. With `create`, a missing file is created, and removed again if the work fails.
 */
export async function withWorkbench<T>(path: string, work: (workbench: Workbench) => Promise<T>, { create = false } = {}): Promise<T> {
  const isNew = create && !existsSync(path)
  const workbench = await openWorkbench({
    path,
    mode: isNew ? 'create' : 'open',
    now: Date.now,
    newId: () => v7(),
    wait,
    worker: spawnBatchWorker,
    agreementKey: userAgreementKey(),
    secret: secretsOf(dataFolder()),
  })
  noteFindings(workbench)
  const stopFollowing = followProgress(workbench, createProgress())
  const interruption = interruptible()
  let failed = true
  try {
    const value = await Promise.race([work(workbench), interruption.promise])
    failed = false
    return value
  } finally {
    interruption.stop()
    stopFollowing()
    await workbench.close()
    if (failed && isNew) for (const ending of ['', '-wal', '-shm']) await rm(path + ending, { force: true })
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
  for (const note of [...notices.map(inEnglish), ...held]) process.stderr.write(`Note: ${note}\n`)
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
