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

/** The plug-ins that a file brings, read and evaluated once before its first step. */
export interface BroughtPlugins {
  /** Those of the section `plugins`. */
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
 * Reads every plug-in of the file, those of later steps too, so that a name which none of them has is found.
 * @throws ScenarioError at an entry of the section `plugins` that cannot be read, a path that leads nowhere, an unknown name
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
  // A module that cannot be evaluated says no name, and the file may speak of it all the same.
  if (known.length === named.length) checkNames(pluginNames, known)
  return { packages, users: [...new Set(known.flatMap(({ users }) => users))] }
}

/** @throws ScenarioError at the first one that is refused */
export async function installPlugins({ packages }: BroughtPlugins, workbench: Workbench): Promise<void> {
  for (const { entry, pluginPackage } of packages) await blamed(entry, () => install(pluginPackage, workbench))
}

function checkPath(entry: PluginEntry, folder: string): void {
  if ('path' in entry && !existsSync(resolve(folder, entry.path.value)))
    throw invalid(`There is no plug-in at ${entry.path.value}, seen from the folder of this file.`, entry.path.at)
}

/** What cannot be read is refused when its step comes. */
function refusedLater(error: unknown): null {
  if (error instanceof EngineError) return null
  throw error
}

function checkNames(mentioned: PreparedScenario['pluginNames'], known: NamedInModule[]): void {
  const names = known.map(({ name }) => name)
  for (const { value, at } of mentioned)
    if (!names.includes(value))
      throw invalid(
        `The file brings no plug-in "${value}".${didYouMean(value, names)} Plug-ins: ${names.length === 0 ? 'none' : listed(names)}.`,
        at,
      )
}

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
