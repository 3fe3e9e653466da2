import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { EngineError } from '#engine/errors'
import type { Plugin, PluginManifest } from '#engine/model'
import { didYouMean, listed } from '#engine/nearest'
import type { PluginPackage } from '#engine/plugin-runtime'
import type { Workbench } from '../workbench/workbench.ts'
import type { PluginEntry } from './format/plugins.ts'
import type { PreparedScenario } from './prepare.ts'
import { invalid, ScenarioError } from './scenario-error.ts'

/** The plug-ins of a scenario before its first step, each known to be acceptable. */
export interface CheckedPlugins {
  packages: { entry: PluginEntry; pluginPackage: PluginPackage }[]
  /** Users whose rights steps have. Without `security`, being named is enough to exist. */
  users: string[]
}

/** Readers of packages bring parsers with them: only scenarios with plug-ins load those. */
export async function readPlugin(entry: PluginEntry, folder: string): Promise<PluginPackage> {
  const { inlinePackage, readPluginPackage } = await import('../plugins/package/index.ts')
  return 'path' in entry ? readPluginPackage(resolve(folder, entry.path.value)) : inlinePackage(entry.module.value)
}

/** A scenario grants what the plug-in asks for: it agrees to the very files that it installs. */
export async function install(pluginPackage: PluginPackage, workbench: Workbench): Promise<Plugin> {
  const { contentHash } = await workbench.checkPlugin(pluginPackage)
  return workbench.installPlugin(pluginPackage, { isEnabled: true, agreedTo: contentHash })
}

/**
 * Evaluates every plug-in that the file brings, those of later steps too, so that a name which none of them has is found.
 * @throws ScenarioError at a plug-in of the section `plugins` that would be refused, a path that leads nowhere, an unknown name
 */
export async function checkPlugins(
  { plugins, installed, pluginNames }: PreparedScenario,
  folder: string,
  workbench: Workbench,
): Promise<CheckedPlugins> {
  for (const entry of [...plugins, ...installed]) checkPath(entry, folder)
  const packages: CheckedPlugins['packages'] = []
  const manifests: PluginManifest[] = []
  for (const entry of plugins) {
    const pluginPackage = await blamed(entry, () => readPlugin(entry, folder))
    manifests.push((await blamed(entry, () => workbench.checkPlugin(pluginPackage))).manifest)
    packages.push({ entry, pluginPackage })
  }
  const later: (PluginManifest | null)[] = []
  for (const entry of installed) later.push(await manifestOf(entry, folder, workbench))
  const known = [...manifests, ...later.filter((manifest) => manifest !== null)]
  // What is refused says no name, and names of it may stand in the file all the same.
  if (!later.includes(null)) checkNames(pluginNames, known)
  return { packages, users: [...new Set(known.flatMap(({ steps }) => steps.map(({ runAs }) => runAs)))].filter(isUser) }
}

/** @throws ScenarioError where two plug-ins of the section have one name */
export async function installPlugins({ packages }: CheckedPlugins, workbench: Workbench): Promise<void> {
  for (const { entry, pluginPackage } of packages) await blamed(entry, () => install(pluginPackage, workbench))
}

function checkPath(entry: PluginEntry, folder: string): void {
  if ('path' in entry && !existsSync(resolve(folder, entry.path.value)))
    throw invalid(`There is no plug-in at ${entry.path.value}, which is relative to the folder of this file.`, entry.path.at)
}

/** `null` for one that would be refused. */
async function manifestOf(entry: PluginEntry, folder: string, workbench: Workbench): Promise<PluginManifest | null> {
  try {
    return (await workbench.checkPlugin(await readPlugin(entry, folder))).manifest
  } catch (error) {
    if (error instanceof EngineError) return null
    throw error
  }
}

function checkNames(mentioned: PreparedScenario['pluginNames'], known: PluginManifest[]): void {
  const names = known.map(({ name }) => name)
  for (const { value, at } of mentioned)
    if (!names.includes(value))
      throw invalid(
        `The file brings no plug-in "${value}".${didYouMean(value, names)} Plug-ins: ${names.length === 0 ? 'none' : listed(names)}.`,
        at,
      )
}

const isUser = (runAs: string): boolean => runAs !== 'CallingUser'

async function blamed<T>(entry: PluginEntry, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof EngineError) throw new ScenarioError(error.platformName ?? 'PLUGIN_INVALID', messageOf(error), entry.at)
    throw error
  }
}

/** The message of a plug-in that does not fit, with its own file and line where those are known. */
function messageOf({ message, details: { file, line, column } }: EngineError): string {
  if (typeof file !== 'string' || message.includes(file)) return message
  return `${[file, line, column].filter((part) => part !== undefined && part !== null).join(':')}: ${message}`
}
