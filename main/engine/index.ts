import { commerceMethods } from '../commerce/api/methods.ts'
import { cascadeMethods } from './api/cascades.ts'
import { environmentMethods } from './api/environment.ts'
import { jobMethods, jobQueueMethods } from './api/jobs.ts'
import { linkMethods } from './api/links.ts'
import { modelMethods } from './api/model.ts'
import { organizationService } from './api/organization-service.ts'
import { callerMethods, peopleMethods } from './api/people.ts'
import { pluginMethods } from './api/plugins.ts'
import { recordMethods } from './api/records.ts'
import { securityMethods } from './api/security.ts'
import { traceMethods } from './api/trace.ts'
import { KeptPlans } from './cascade/kept-plans.ts'
import type { EngineOptions, FileIdentity } from './contract/engine.ts'
import type { FindJobs } from './contract/jobs.ts'
import { type Bound, bind } from './contract/method.ts'
import { holdJobsOfStrangers } from './jobs/hold-jobs-of-strangers.ts'
import { Pipeline } from './pipeline/pipeline.ts'
import { Session } from './session/session.ts'
import { bootstrap, bootstrapSecurity } from './store/bootstrap.ts'
import type { Connection } from './store/connection.ts'
import { createFile, openFile } from './store/file.ts'
import { damaged } from './store/file-failure.ts'
import { makeKnownTo } from './store/known-to.ts'

/**
 * The methods of the environment itself: its file, settings, model, plug-ins, the queue of jobs, who could act, and asynchronous customers.
 * They read and change no records for anybody.
 */
export const engineMethods = {
  ...environmentMethods,
  ...modelMethods,
  ...peopleMethods,
  ...securityMethods,
  ...pluginMethods,
  ...jobQueueMethods,
  ...commerceMethods,
}

/** The methods that are called in the name of a user, those that read included. */
export const userMethods = { ...callerMethods, ...recordMethods, ...linkMethods, ...cascadeMethods, ...jobMethods, ...traceMethods }

/** What one user can ask of an engine. Each call is refused if the user does not exist, or is disabled, at that time. */
export interface EngineUser extends Omit<Bound<typeof userMethods>, 'findJobs'> {
  findJobs: FindJobs
}

/**
 * One open environment, on one SQLite connection. Every method is synchronous and complete when it returns: it either
 * happened as a whole or throws an EngineError and left nothing behind. Long methods belong in a worker.
 */
export interface Engine extends Bound<typeof engineMethods> {
  readonly path: string
  /** Which file is open. */
  readonly identity: FileIdentity | undefined
  /** Returns the methods of a user, given by GUID. */
  as(userId: string): EngineUser
  /** Looks whether the file is still the one that was opened. @throws ENVIRONMENT_LOST */
  examineFile(): void
  /** @throws ENVIRONMENT_LOST after closing, if the file is not the one that was opened any more */
  close(): void
}

/**
 * Opens an environment file, or creates one with the root business unit and the administrator.
 * @throws ENVIRONMENT_UNUSABLE that says what is wrong with the file, which stays unchanged.
 */
export function openEngine(options: EngineOptions): Engine {
  const { path, mode } = options
  const connection = mode === 'create' ? createFile(path, (made) => fill(made, options), options) : openFile(path, options)
  const session = openSession(connection, options)
  const context = { session, pipeline: new Pipeline(session, organizationService), plans: new KeptPlans() }
  // Reading meets damaged pages as well as writing does.
  const errorOf = (thrown: unknown) => connection.failure(thrown)

  return {
    path,
    identity: connection.identity,
    examineFile: () => connection.examine(),
    ...bind(engineMethods, () => context, errorOf),
    // Lists of jobs are typed by the kind that a query asks for, which a bound method forgets.
    as: (userId) => bind(userMethods, () => ({ ...context, caller: session.caller(userId) }), errorOf) as EngineUser,
    close() {
      session.modules.close()
      connection.close()
    },
  }
}

function fill(made: Connection, { now, newId, agreementKey }: EngineOptions): undefined {
  bootstrap(made, now(), newId)
  bootstrapSecurity(made, now(), newId)
  if (agreementKey !== undefined) makeKnownTo(made, agreementKey)
}

function openSession(connection: Connection, options: EngineOptions): Session {
  try {
    const session = new Session(connection, options)
    if (options.mode === 'open' && !options.turns) holdJobsOfStrangers(session)
    return session
  } catch (error) {
    connection.close()
    throw damaged(options.path, error)
  }
}
