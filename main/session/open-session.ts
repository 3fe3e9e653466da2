import { setTimeout as wait } from 'node:timers/promises'
import { v7 } from 'uuid'
import { sweepDrafts } from '#engine/store/draft'
import product from '../../package.json' with { type: 'json' }
import { spawnBatchWorker } from '../batch/spawn-batch-worker.ts'
import { agreementKey, secretsOf } from '../plugins/agreement-key.ts'
import { watchOrigin } from '../plugins/watch-origin.ts'
import { openWorkbench } from '../workbench/index.ts'
import { type AppSession, createAppSession, defaultFolderOf, type SessionOptions } from './app-session.ts'
import { userPluginsFolder } from './plugin-folders.ts'

/** Creates a session with real files, the system clock and worker threads. Does not open an environment yet; removes what a killed process was making. */
export function openSession({ dataFolder, host }: Pick<SessionOptions, 'dataFolder' | 'host'>): AppSession {
  const now = Date.now
  const newId = () => v7()
  for (const folder of [defaultFolderOf(dataFolder), userPluginsFolder(dataFolder)]) sweepDrafts(folder)
  return createAppSession({
    dataFolder,
    host,
    version: product.version,
    now,
    openWorkbench: (path, mode) =>
      openWorkbench({
        path,
        mode,
        now,
        newId,
        wait,
        worker: spawnBatchWorker,
        agreementKey: agreementKey(dataFolder),
        secret: secretsOf(dataFolder),
      }),
    async createSample(path) {
      const { createSampleEnvironment } = await import('../sample/index.ts')
      await createSampleEnvironment(path, { now, newId })
    },
    plugins: { watch: watchOrigin },
  })
}
