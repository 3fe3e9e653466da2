import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { cascadeVerbs } from './api/cascades.ts'
import { checkIntegrity } from './api/integrity.ts'
import { jobVerbs } from './api/jobs.ts'
import { modelVerbs } from './api/model.ts'
import { organizationService } from './api/organization-service.ts'
import { pluginVerbs } from './api/plugins.ts'
import { recordVerbs } from './api/records.ts'
import { traceVerbs } from './api/trace.ts'
import type { Engine, EngineOptions } from './contract/engine.ts'
import { checkSettings } from './contract/settings.ts'
import { Pipeline } from './pipeline/pipeline.ts'
import { Session } from './session/session.ts'
import { bootstrap, createdOn } from './store/bootstrap.ts'
import type { Connection } from './store/connection.ts'
import { createFile, damaged, openFile } from './store/file.ts'
import { FORMAT_VERSION } from './store/migrations/index.ts'
import { readSettings, writeSettings } from './store/settings.ts'

export type { Engine, EngineOptions, WriteTurns } from './contract/engine.ts'

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
    ...modelVerbs(session),
    ...recordVerbs(session, pipeline),
    ...cascades,
    ...jobVerbs(session, pipeline, cascades),
    ...pluginVerbs(session),
    ...traceVerbs(session, pipeline),

    info() {
      return {
        path,
        name: basename(path).replace(/\.cascade$/, ''),
        formatVersion: FORMAT_VERSION,
        sizeBytes: statSync(path).size,
        tables: session.model.definition.tables.length,
        relationships: session.model.definition.relationships.length,
        createdOnMs: createdOn(connection),
      }
    },

    settings: () => session.settings,
    changeSettings(change) {
      checkSettings(change)
      writeSettings(connection, change)
      return readSettings(connection)
    },

    checkIntegrity: () => checkIntegrity(session),
    checkpoint: () => connection.checkpoint(),
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
