import type { Permission, Plugin, PluginCheck } from '#engine/contract/plugins'
import type { StepWords } from './plugin-words.ts'

type FileMark = Plugin['files'][number]

/** Differences between the installed and the next version of a plug-in. */
export interface PluginChanges {
  files: { added: FileMark[]; changed: FileMark[]; removed: FileMark[] }
  permissions: { added: Permission[]; removed: Permission[] }
  steps: { added: StepWords[]; removed: StepWords[] }
  /** Whether there is no difference, also in the configuration. */
  isSame: boolean
}

export function changesOf(before: Plugin, { files, manifest, contentHash }: PluginCheck): PluginChanges {
  const known = new Map(before.files.map((file) => [file.path, file]))
  const kept = new Set(files.map(({ path }) => path))
  const oldSteps = new Set(before.steps.map(markOf))
  const newSteps = new Set(manifest.steps.map(markOf))
  return {
    files: {
      added: files.filter(({ path }) => !known.has(path)),
      changed: files.filter(({ path, sha256 }) => known.has(path) && known.get(path)?.sha256 !== sha256),
      removed: before.files.filter(({ path }) => !kept.has(path)),
    },
    permissions: {
      added: manifest.permissions.filter((permission) => !before.permissions.includes(permission)),
      removed: before.permissions.filter((permission) => !manifest.permissions.includes(permission)),
    },
    steps: {
      added: manifest.steps.filter((step) => !oldSteps.has(markOf(step))),
      removed: before.steps.filter((step) => !newSteps.has(markOf(step))),
    },
    isSame: before.contentHash === contentHash,
  }
}

/** Returns a key of a step's registration. Steps have no names, so one with another registration counts as another step. */
const markOf = ({ message, table, stage, mode, rank, filteringAttributes, preImage, postImage, runAs }: StepWords): string =>
  JSON.stringify([message, table, stage, mode, rank, filteringAttributes, preImage, postImage, runAs])
