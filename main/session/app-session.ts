import { existsSync, realpathSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { AppInfo } from '#contract'
import type { EnvironmentInfo } from '#engine/contract/environment'
import { EngineError, toErrorData } from '#engine/contract/errors'
import { fileFailure } from '#engine/store/file-failure'
import { sessionText } from '#text/english/session'
import { logError } from '#text/log'
import type { Message } from '#text/message'
import type { EventMessage } from '../../preload/wire.ts'
import type { WorkbenchEvent } from '../workbench/events.ts'
import type { Workbench } from '../workbench/workbench.ts'
import { type ChosenFiles, createChosenFiles } from './chosen-files.ts'
import { followDevelopedPlugins } from './developed-plugins.ts'
import { environmentPath } from './environment-path.ts'
import { bundledPluginsFolder, userPluginsFolder } from './plugin-folders.ts'
import { openRecentEnvironments, type RecentEnvironments } from './recent-environments.ts'
import { createSessionPlugins, type PluginSources, type SessionPlugins } from './session-plugins.ts'

/** Options of a session: its folder, and how environments are opened and created. */
export interface SessionOptions {
  /** Folder of the recent list; `environments` holds files that the app creates, `plugins` those that the user adds. */
  dataFolder: string
  host: AppInfo['host']
  version: string
  now: () => number
  openWorkbench: (path: string, mode: 'create' | 'open') => Promise<Workbench>
  createSample: (path: string) => Promise<void>
  plugins: PluginSources
}

/**
 * The state of the running app: the open environment and the list of recent ones. Each host has exactly one session.
 *
 * No environment ⇄ environment open → shut down. Transitions run one after another, even if requested at the same time.
 */
export interface AppSession {
  info(): Promise<AppInfo>
  /** Returns the open workbench. @throws ENVIRONMENT_UNUSABLE if no environment is open */
  workbench(): Workbench
  readonly plugins: SessionPlugins
  /** The files that the renderer may name. */
  readonly files: ChosenFiles
  /** Opens the environment that was open last; at the first start a new sample environment. */
  start(): Promise<void>
  /** Opens a file, then closes the previous one. If the file cannot be opened, the previous one stays open. */
  open(path: string): Promise<EnvironmentInfo>
  create(path: string, options: { sample: boolean }): Promise<EnvironmentInfo>
  /** Returns where an environment of this name is made if no other place was chosen. */
  pathOfNew(name: string): string
  closeEnvironment(): Promise<void>
  forget(path: string): Promise<void>
  /** Subscribes to the events for the renderer. Returns a function that unsubscribes. */
  subscribe(listener: (message: EventMessage) => void): () => void
  /** Announces a file that the operating system asked to open. */
  requestOpen(path: string): void
  /** Closes the session for good. Settles when the current batch is committed and everything is closed. */
  shutDown(): Promise<void>
}

export const defaultFolderOf = (dataFolder: string): string => join(dataFolder, 'environments')

export function createAppSession(options: SessionOptions): AppSession {
  return new Session(options)
}

class Session implements AppSession {
  readonly plugins: SessionPlugins
  readonly files = createChosenFiles()
  readonly #options: SessionOptions
  readonly #recent: RecentEnvironments
  readonly #listeners = new Set<(message: EventMessage) => void>()
  #opened: { workbench: Workbench; leave: () => Promise<void> } | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #isShutDown = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#recent = openRecentEnvironments(join(options.dataFolder, 'recent.json'))
    this.plugins = createSessionPlugins({
      workbench: () => this.workbench(),
      files: this.files,
      userFolder: userPluginsFolder(options.dataFolder),
      bundledFolder: bundledPluginsFolder(),
    })
  }

  async info(): Promise<AppInfo> {
    return {
      version: this.#options.version,
      host: this.#options.host,
      recent: (await this.#recent.list()).map((known) => ({ ...known, file: this.files.give(known.path) })),
      environment: this.#opened?.workbench.info() ?? null,
      defaultFolder: defaultFolderOf(this.#options.dataFolder),
    }
  }

  workbench(): Workbench {
    if (this.#opened) return this.#opened.workbench
    throw new EngineError('ENVIRONMENT_UNUSABLE', sessionText.noEnvironment, {
      hint: sessionText.noEnvironmentHint,
    })
  }

  async start(): Promise<void> {
    const last = (await this.#recent.list()).find(({ exists }) => exists)
    const sample = join(defaultFolderOf(this.#options.dataFolder), 'Sample.cascade')
    if (last) await this.open(last.path)
    else if (existsSync(sample)) await this.open(sample)
    else await this.create(sample, { sample: true })
  }

  open(path: string): Promise<EnvironmentInfo> {
    return this.#inTurn(async () => {
      const current = this.#opened?.workbench
      if (current && isSameFile(current.path, path)) return current.info()
      return this.#exchange(await this.#options.openWorkbench(path, 'open'))
    })
  }

  create(path: string, { sample }: { sample: boolean }): Promise<EnvironmentInfo> {
    return this.#inTurn(async () => {
      await mkdir(dirname(path), { recursive: true })
      if (sample) await this.#options.createSample(path)
      return this.#exchange(await this.#options.openWorkbench(path, sample ? 'open' : 'create'))
    })
  }

  pathOfNew(name: string): string {
    return environmentPath(join(defaultFolderOf(this.#options.dataFolder), name))
  }

  closeEnvironment(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#close()
      this.#announce({ event: 'environment', data: null })
    })
  }

  forget(path: string): Promise<void> {
    return this.#recent.forget(path)
  }

  subscribe(listener: (message: EventMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  requestOpen(path: string): void {
    this.#announce({ event: 'openRequested', data: this.files.give(path) })
  }

  async shutDown(): Promise<void> {
    this.#isShutDown = true
    const done = this.#turn.then(() => this.#close())
    this.#turn = done.catch(() => undefined)
    await done
  }

  #inTurn<T>(move: () => Promise<T>): Promise<T> {
    if (this.#isShutDown) return Promise.reject(new EngineError('CANCELLED', sessionText.closing))
    const done = this.#turn.then(move)
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #exchange(workbench: Workbench): Promise<EnvironmentInfo> {
    await this.#close()
    this.#opened = { workbench, leave: this.#follow(workbench) }
    const environment = workbench.info()
    await this.#remember(environment)
    this.#announce({ event: 'environment', data: environment })
    return environment
  }

  /** An environment is open even if the list of recent ones cannot be written. */
  async #remember({ path, name }: EnvironmentInfo): Promise<void> {
    try {
      await this.#recent.remember({ path, name, openedOnMs: this.#options.now() })
    } catch (error) {
      this.#announce({ event: 'trouble', data: toErrorData(fileFailure(error, this.#options.dataFolder)) })
    }
  }

  #follow(workbench: Workbench): () => Promise<void> {
    const unsubscribe = workbench.subscribe((event) => this.#announce(toMessage(event)))
    const letGo = followDevelopedPlugins({
      workbench,
      sources: this.#options.plugins,
      onReloaded: (data) => this.#announce({ event: 'pluginReloaded', data }),
    })
    return () => {
      unsubscribe()
      return letGo()
    }
  }

  async #close(): Promise<void> {
    const closing = this.#opened
    const waitsFor = closing === null ? [] : underWayIn(closing.workbench)
    if (waitsFor.length > 0) this.#announce({ event: 'closing', data: { waitsFor } })
    this.#opened = null
    await closing?.leave()
    try {
      await closing?.workbench.close()
    } catch (error) {
      // It is closed all the same, and another one can be opened.
      this.#announce({ event: 'trouble', data: toErrorData(error) })
    }
  }

  #announce(message: EventMessage): void {
    for (const listener of [...this.#listeners]) listener(message)
  }
}

function toMessage(event: WorkbenchEvent): EventMessage {
  switch (event.kind) {
    case 'job':
      return { event: 'job', data: event.job }
    case 'records':
      return { event: 'records', data: { tables: event.tables } }
    case 'model':
      return { event: 'model', data: null }
    case 'settings':
      return { event: 'settings', data: event.settings }
    case 'progress':
      return { event: 'progress', data: event.progress }
    case 'plugins':
      return { event: 'plugins', data: null }
    case 'commerce':
      return { event: 'commerce', data: null }
    case 'trace':
      return { event: 'trace', data: { lastRun: event.lastRun } }
    case 'jobProgress':
      return { event: 'jobProgress', data: event.progress }
    case 'jobs':
      return { event: 'jobs', data: null }
    case 'trouble':
      return { event: 'trouble', data: event.error }
  }
}

/** Returns what closing waits for. A file that cannot be read any more is closed nevertheless. */
function underWayIn(workbench: Workbench): Message[] {
  try {
    return workbench.underWay()
  } catch (error) {
    logError(error)
    return []
  }
}

const isSameFile = (first: string, second: string): boolean =>
  existsSync(first) && existsSync(second) && realpathSync(first) === realpathSync(second)
