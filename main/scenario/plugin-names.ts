import { EngineError } from '#engine/contract/errors'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import { DEFAULT_SETTINGS } from '#engine/contract/settings'
import type { RunPlugins } from './run-plugins.ts'

/** Names in a module's definition, which may be invalid otherwise. */
export interface NamedInModule {
  name: string
  /** The users that its steps run as. */
  users: string[]
}

const LIMITS = { timeMs: 10_000, memoryMegabytes: DEFAULT_SETTINGS.pluginMemoryMegabytes }

/** Evaluates a module to read the names in its definition. Returns `null` if that fails or the definition has no name. */
export async function namedInModule(pluginPackage: PluginPackage, { runtime, ready }: RunPlugins): Promise<NamedInModule | null> {
  await ready()
  try {
    const loaded = runtime.load(pluginPackage, [], LIMITS)
    const definition = loaded.definition
    loaded.dispose()
    return namesOf(definition)
  } catch (error) {
    if (error instanceof EngineError) return null
    throw error
  }
}

function namesOf(definition: unknown): NamedInModule | null {
  const { name, steps } = fieldsOf(definition)
  if (typeof name !== 'string') return null
  const runAs = (Array.isArray(steps) ? steps : []).map((step) => fieldsOf(step).runAs)
  return {
    name,
    users: runAs
      .filter((user) => typeof user === 'string')
      .filter((user) => user.trim() !== '' && user !== 'CallingUser' && user !== 'System'),
  }
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
