import type { EnvironmentInfo, Progress } from '#engine/contract/environment'
import type { ErrorData } from '#engine/contract/errors'
import type { Job, JobProgress } from '#engine/contract/jobs'
import type { Settings } from '#engine/contract/settings'
import type { Message } from '#text/message'
import type { BridgeMethods } from '../main/ipc/bridge-methods.ts'

/** A file or folder that the person chose, or that the host offers. Methods take its token and no path. */
export interface ChosenFile {
  /** Known to this host alone, until it closes. */
  token: string
  /** The name without its folders. */
  name: string
}

/** Where a new environment is made: under a name in the default folder, or where the person chose. */
export type NewFile = { name: string } | { token: string }

/** An environment in the list of recent ones. */
export interface RecentEnvironment {
  file: ChosenFile
  /** Shown, never sent. */
  path: string
  name: string
  openedOnMs: number
  /** Whether the file exists. */
  exists: boolean
}

export interface AppInfo {
  version: string
  host: 'electron' | 'browser'
  recent: RecentEnvironment[]
  /** The open environment, if any. */
  environment: EnvironmentInfo | null
  /** The default folder for new environments. */
  defaultFolder: string
}

/**
 * The methods for the renderer, as main/ipc declares them. Calls use IPC in Electron and a WebSocket in the browser host; both run
 * the same methods, which check the input's shape first. Only the types of main come along, none of its code.
 */
export type Bridge = {
  [M in keyof BridgeMethods]: (...input: Parameters<BridgeMethods[M]['run']>) => Awaited<ReturnType<BridgeMethods[M]['run']>>
}
export type BridgeMethod = keyof Bridge

/** A chosen folder, module file or archive, or the one from which an installed plug-in came. */
export type PluginSource = { token: string } | { plugin: string }

/** What the user decided about a plug-in to be installed. `agreedTo` is the content hash that was shown, or `null` without agreement. */
export interface PluginInstallation {
  source: PluginSource
  configuration: string
  agreedTo: string | null
  replace: boolean
  isDeveloped: boolean
}

/** A plug-in that can be installed. */
export interface AvailablePlugin {
  file: ChosenFile
  /** Folder, module file or archive. Shown, never sent. */
  path: string
  name: string
  version: string | null
  /** The first sentence of its README. */
  description: string | null
  isBundled: boolean
}
export interface AvailablePlugins {
  plugins: AvailablePlugin[]
  /** Folder of the user's own plug-ins. */
  folder: string
}

/** Events that the host announces after the commit. */
export interface BridgeEvents {
  /** Another environment was opened, or the environment was closed. */
  environment: EnvironmentInfo | null
  model: null
  settings: Settings
  /** Rows of these tables changed. Sent at most a few times a second. */
  records: { tables: string[] }
  /** A job has come to another state, or was postponed again. */
  job: Job
  /** A job has come further in the same state. */
  jobProgress: JobProgress
  /** Jobs have come or ended that were not announced one by one. Sent at most a few times a second. */
  jobs: null
  progress: Progress
  plugins: null
  /** Headquarters, channels or what travels between them changed. */
  commerce: null
  /** A plug-in under development changed in its folder: it was installed or, with an error, refused and the previous version kept. */
  pluginReloaded: { name: string; error: ErrorData | null }
  /** Steps ran. Sent at most a few times a second. */
  trace: { lastRun: number }
  /** Jobs are delayed or stopped by a cause outside the jobs, such as a full disk. */
  trouble: ErrorData
  /** A file or folder is to be opened, by the menu or by the operating system. */
  openRequested: ChosenFile
  /** The browser host asks this window's person on a page of its own, at this address; `null` when nothing is asked any more. */
  question: { url: string } | null
  /** The environment is being closed, and what that waits for. Ends with `environment`, or with the app. */
  closing: { waitsFor: Message[] }
  /** The browser host does not answer any more, or answers again. Announced by the page's own transport. */
  connection: { isLost: boolean }
}
export type BridgeEvent = keyof BridgeEvents

export type Answer<T> = { ok: true; value: T } | { ok: false; error: ErrorData }

/** The interface of `window.cascade`, which the preload script provides in Electron and bridge.ts with the browser host. */
export interface BridgeTransport {
  call<M extends BridgeMethod>(method: M, ...args: Parameters<Bridge[M]>): Promise<Answer<Awaited<ReturnType<Bridge[M]>>>>
  /** Subscribes to an event. Returns a function that unsubscribes. */
  on<E extends BridgeEvent>(event: E, listener: (data: BridgeEvents[E]) => void): () => void
  /** Brings dropped or chosen files to the host; with the browser host, uploads them first. Folders are given as all of their files. */
  fileOf(files: File[]): Promise<ChosenFile>
}
