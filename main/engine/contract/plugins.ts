import type { MessageName, StageName, StepMode } from './messages.ts'

/** Plug-ins and their registered steps: plain data. */

export const PERMISSIONS = ['network', 'fs:read', 'fs:write', 'env'] as const
export type Permission = (typeof PERMISSIONS)[number]

export interface PluginFile {
  /** Inside the package, with `/` between folders. */
  path: string
  content: string
  /** SHA-256 of the content in UTF-8, as hex. */
  sha256: string
}

/** The user that a step runs as: the calling user, or one with the name that they have now. `id` is `null` if there is no such user. */
export type StepUser = 'CallingUser' | 'System' | { id: string | null; name: string }

/** A step as it is registered, with every default filled in. */
export interface PluginStep {
  /** Number of the step in this environment; a changed plug-in's steps get new ones. */
  number: number
  plugin: string
  /** Position in the plug-in's list, from 0. */
  ordinal: number
  message: MessageName
  /** `null` for every table. */
  table: string | null
  stage: StageName
  mode: StepMode
  rank: number
  /** `null`: the step runs for any columns in the request. */
  filteringAttributes: string[] | null
  /** `true` for all columns, `null` for no image. */
  preImage: string[] | true | null
  postImage: string[] | true | null
  runAs: StepUser
}

/** The definition of a plug-in, checked against its environment. */
export interface PluginManifest {
  name: string
  version: string
  apiVersion: 1
  permissions: Permission[]
  steps: Omit<PluginStep, 'number' | 'plugin'>[]
}

/**
 * `Enabled`: its steps run. `Disabled`: they do not. `Waiting for agreement`: it is enabled, but nobody on this computer has agreed to
 * what it may do, so operations to which its steps listen are refused.
 */
export type PluginStatus = 'Enabled' | 'Disabled' | 'Waiting for agreement'

export interface Plugin {
  name: string
  version: string
  status: PluginStatus
  permissions: Permission[]
  configuration: string
  source: string
  /** The folder or file that it can be read from again, or `null`. */
  origin: string | null
  /** Whether changes in its folder are installed without asking, unless it asks for more permissions. */
  isDeveloped: boolean
  /** SHA-256 over paths, contents and configuration, which the user agrees to. */
  contentHash: string
  /** Without the contents. */
  files: { path: string; sha256: string; characters: number }[]
  steps: PluginStep[]
  installedOnMs: number
  updatedOnMs: number
}

/** A checked package, before installation. */
export interface PluginCheck {
  manifest: PluginManifest
  contentHash: string
  files: { path: string; sha256: string; characters: number }[]
  source: string
  /** The installed plug-in that it would replace. */
  replaces: Plugin | null
}

/** A step in the order of execution for a table and message. */
export interface StepInOrder extends PluginStep {
  status: PluginStatus
  version: string
}

/** Formats a step as `owner-audit: Update of account, PostOperation`. */
export const stepLabel = ({ plugin, message, table, stage }: Pick<PluginStep, 'plugin' | 'message' | 'table' | 'stage'>): string =>
  `${plugin}: ${message}${table === null ? '' : ` of ${table}`}, ${stage}`
