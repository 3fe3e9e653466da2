import { cascadeVerbs } from './api/cascades.ts'
import { environmentMethods } from './api/environment.ts'
import { jobVerbs } from './api/jobs.ts'
import { modelMethods } from './api/model.ts'
import { organizationService } from './api/organization-service.ts'
import { pluginMethods } from './api/plugins.ts'
import { recordMethods } from './api/records.ts'
import { traceMethods } from './api/trace.ts'
import type { CascadeMethods, EngineOptions } from './contract/engine.ts'
import { type Bound, bind } from './contract/method.ts'
import { Pipeline } from './pipeline/pipeline.ts'
import { Session } from './session/session.ts'
import { bootstrap } from './store/bootstrap.ts'
import type { Connection } from './store/connection.ts'
import { createFile, damaged, openFile } from './store/file.ts'

export const engineMethods = { ...environmentMethods, ...modelMethods, ...recordMethods, ...pluginMethods, ...traceMethods }

/**
 * One open environment, on one SQLite connection. Every method is synchronous and complete when it returns: it either
 * happened as a whole or throws an EngineError and left nothing behind. Long methods belong in a worker.
 */
export interface Engine extends Bound<typeof engineMethods>, CascadeMethods {
  readonly path: string
  close(): void
}

/**
 * Opens an environment file, or creates one with the root business unit and the administrator.
 * @throws ENVIRONMENT_UNUSABLE that says what is wrong with the file, which stays unchanged.
 */
export function openEngine(options: EngineOptions): Engine {
  const { path, mode, now, newId } = options
  const connection = mode === 'create' ? createFile(path, (made) => bootstrap(made, now(), newId), options) : openFile(path, options)
  const session = openSession(connection, options)
  const pipeline = new Pipeline(session, organizationService)
  const cascades = cascadeVerbs(session, pipeline)

  return {
    path,
    ...bind(engineMethods, { session, pipeline }),
    ...cascades,
    ...jobVerbs(session, pipeline, cascades),
    close() {
      session.modules.close()
      connection.close()
    },
  }
}

function openSession(connection: Connection, options: EngineOptions): Session {
  try {
    return new Session(connection, options)
  } catch (error) {
    connection.close()
    throw damaged(options.path, error)
  }
}
