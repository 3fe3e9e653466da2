import type { CascadeRequest } from './cascades.ts'
import type { JobKindName } from './jobs.ts'
import type { PluginRuntime } from './plugin-runtime.ts'
import type { RecordInput } from './records.ts'

/** A message that the platform announces about a job. Numbers rise in the order of announcement. */
export interface Notification {
  number: number
  message: string
}

/** Which jobs are asked for. */
export interface JobsAmong {
  /** In this order. @default all, in the order of JOB_KINDS */
  kinds?: readonly JobKindName[]
  /** Ids of jobs that somebody else has. @default none */
  except?: readonly string[]
}

/** A job whose turn it is. */
export interface QueuedJob {
  id: string
  kind: JobKindName
}

/** Failures on purpose. */
export interface JobFaults {
  /** The batch with this number fails before its first record. */
  failBatch: number | null
}

/** Options of an engine, which reads no clock and makes no ids of its own. */
export interface EngineOptions {
  path: string
  /** Returns the time in milliseconds since 1970. */
  now: () => number
  /** Returns milliseconds with fractions, to measure steps. @default now */
  precise?: () => number
  /** Returns a new GUID in lower case; version 7 in the product. */
  newId: () => string
  /** `create` refuses an existing file, `open` a missing one. */
  mode: 'create' | 'open'
  /** Where the file lies while it is being made, if not at `path`, which messages name. */
  draft?: string
  /** The file that another connection of this process has open; another file is refused. @default whichever lies there */
  identity?: FileIdentity
  /** See Checkpoints. @default for a connection that shares its file with no other of this process */
  checkpoints?: Checkpoints
  /** Leaves checkpoints of the write-ahead log to other threads, because they would delay this one. @default false */
  leavesLog?: boolean
  /** Write turns, taken around each write transaction when several threads write to one file. */
  turns?: WriteTurns
  /** The runtime for plug-ins. Without it, operations to which a step listens are refused. */
  plugins?: PluginRuntime
  /** The secret with which this computer's user's agreements are verified. @default none: every enabled plug-in counts as agreed to */
  agreementKey?: string
}

export interface InstallOptions {
  isEnabled: boolean
  /** The content hash that the user was shown and agreed to; needed to enable it. */
  agreedTo?: string
  /** Whether to replace the installed plug-in of this name. @default false */
  replace?: boolean
  /** @default false */
  isDeveloped?: boolean
}

/** A request whose PreValidation steps have run. */
export interface ValidatedRequest {
  request: CascadeRequest
  /** Options for the later stages; plain data, to be passed on unchanged. */
  options: ExecuteOptions
  /** Whether any step ran. A plan made before may then be outdated. */
  hasRun: boolean
}

/** Ids of one request, and the shared variables of its steps so far. */
export interface RequestContext {
  requestId: string
  correlationId: string
  /** The message by which an assign was requested. @default 'Assign' */
  message?: 'Update' | 'Assign'
  /** By message. */
  sharedVariables: Record<string, Record<string, unknown>>
  /** Pre-images of a message that continues in a later transaction: rows as JSON, by their columns. */
  preImages?: Record<string, string | null>
}

export interface ExecuteOptions {
  /** Whether an assign was requested as a change of `ownerid`. @default false */
  asUpdate?: boolean
  /** Other columns of the same request: written before the cascade, in the same transaction. */
  otherColumns?: RecordInput
  requestContext?: RequestContext
}

/** Which file it is, whatever it is called: device and inode; on Windows volume and file index. */
export interface FileIdentity {
  device: bigint
  inode: bigint
}

/** How a file looks to the file system, and how many pages of its log it has. */
export interface FileLook {
  size: bigint
  modifiedNs: bigint
  checkpointed: number
}

/** Lets one connection at a time checkpoint the log, and remembers how the file looked after the last checkpoint of this process. */
export interface Checkpoints {
  /** `undefined` before the first checkpoint, and after one whose thread was terminated. */
  seen: FileLook | undefined
  /** Does `work` unless another connection is at it. Returns whether it was done. */
  alone(work: () => void): boolean
}

/** Lets one thread write at a time. A thread that may block waits inside `enter`. */
export interface WriteTurns {
  enter(): void
  leave(): void
}
