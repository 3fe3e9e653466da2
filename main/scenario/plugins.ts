import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { EngineError } from '#engine/contract/errors'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { Plugin } from '#engine/contract/plugins'
import { didYouMean, listed } from '#engine/model/nearest'
import type { Workbench } from '../workbench/workbench.ts'
import type { PluginEntry } from './format/plugins.ts'
import { type NamedInModule, namedInModule } from './plugin-names.ts'
import type { PreparedScenario } from './prepare.ts'
import type { RunPlugins } from './run-plugins.ts'
import { invalid, ScenarioError } from './scenario-error.ts'

/** The plug-ins of a file, read and evaluated once before its first step. */
export interface BroughtPlugins {
  /** Those of the section `plugins`. */
  packages: { entry: PluginEntry; pluginPackage: PluginPackage }[]
  /** Users that steps run as. Without a section `security`, users exist by being named. */
  users: string[]
}

/** Reads a plug-in. Imports the readers of packages on the first call, because most scenarios need none. */
export async function readPlugin(entry: PluginEntry, folder: string): Promise<PluginPackage> {
  const { inlinePackage, readPluginPackage } = await import('../plugins/package/index.ts')
  const { configuration } = entry
  return 'path' in entry
    ? readPluginPackage(resolve(folder, entry.path.value), { configuration })
    : inlinePackage(entry.module.value, configuration)
}

/** Installs a plug-in and agrees to the permissions that it asks for. */
export async function install(pluginPackage: PluginPackage, workbench: Workbench): Promise<Plugin> {
  const { contentHash } = await workbench.checkPlugin(pluginPackage)
  return workbench.installPlugin(pluginPackage, { isEnabled: true, agreedTo: contentHash })
}

/**
 * Reads every plug-in of the file, including those of later steps, and checks the names of plug-ins that the file uses.
 * @throws ScenarioError at an entry of the section `plugins` that cannot be read, a missing path, an unknown name
 */
export async function readPlugins(
  { plugins, installed, pluginNames }: PreparedScenario,
  folder: string,
  running: RunPlugins | null,
): Promise<BroughtPlugins> {
  for (const entry of [...plugins, ...installed]) checkPath(entry, folder)
  const packages: BroughtPlugins['packages'] = []
  for (const entry of plugins) packages.push({ entry, pluginPackage: await blamed(entry, () => readPlugin(entry, folder)) })
  const later = await Promise.all(installed.map((entry) => readPlugin(entry, folder).catch(refusedLater)))
  const named: (NamedInModule | null)[] = []
  for (const pluginPackage of [...packages.map((each) => each.pluginPackage), ...later])
    named.push(pluginPackage === null || running === null ? null : await namedInModule(pluginPackage, running))
  const known = named.filter((each) => each !== null)
  // The name of a module that cannot be evaluated is unknown, so names cannot be checked.
  if (known.length === named.length) checkNames(pluginNames, known)
  return { packages, users: [...new Set(known.flatMap(({ users }) => users))] }
}

/** Installs the plug-ins of the section `plugins`. @throws ScenarioError at the first that is refused */
export async function installPlugins({ packages }: BroughtPlugins, workbench: Workbench): Promise<void> {
  for (const { entry, pluginPackage } of packages) await blamed(entry, () => install(pluginPackage, workbench))
}

function checkPath(entry: PluginEntry, folder: string): void {
  if ('path' in entry && !existsSync(resolve(folder, entry.path.value)))
    throw invalid(`There is no plug-in at ${entry.path.value}, relative to the folder of this file.`, entry.path.at)
}

/** Ignores an unreadable plug-in of a step, which is refused when the step runs. */
function refusedLater(error: unknown): null {
  if (error instanceof EngineError) return null
  throw error
}

function checkNames(mentioned: PreparedScenario['pluginNames'], known: NamedInModule[]): void {
  const names = known.map(({ name }) => name)
  for (const { value, at } of mentioned)
    if (!names.includes(value))
      throw invalid(
        `The file contains no plug-in "${value}".${didYouMean(value, names)} Plug-ins: ${names.length === 0 ? 'none' : listed(names)}.`,
        at,
      )
}

async function blamed<T>(entry: PluginEntry, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof EngineError) throw new ScenarioError(error.platformName ?? 'PLUGIN_INVALID', error.message, entry.at)
    throw error
  }
}
