import { existsSync } from 'node:fs'
import type { ErrorData } from '#engine/contract/errors'
import { EngineError, toErrorData } from '#engine/contract/errors'
import type { Plugin } from '#engine/contract/plugins'
import { sessionText } from '#text/english/session'
import type { Workbench } from '../workbench/workbench.ts'
import { isSamePackage } from './is-same-package.ts'
import type { PluginSources } from './session-plugins.ts'

interface Following {
  workbench: Workbench
  sources: PluginSources
  /** Called when a changed version was installed, or, with an error, when it was refused and the previous one kept. */
  onReloaded: (reloaded: { name: string; error: ErrorData | null }) => void
}

/**
 * Reinstalls plug-ins under development when their folders change, while the environment is open. Follows enabled plug-ins only:
 * files of a plug-in without agreement are not read. Returns a function that stops it.
 */
export function followDevelopedPlugins({ workbench, sources, onReloaded }: Following): () => Promise<void> {
  const watches = new Map<string, () => void>()
  /** What was refused last, by plug-in: the file system announces one change several times. */
  const refusals = new Map<string, string>()
  let turn: Promise<void> = Promise.resolve()
  let isOver = false

  const reload = async (name: string, origin: string): Promise<void> => {
    const plugin = developed(workbench).find((one) => one.name === name && one.origin === origin)
    if (isOver || plugin === undefined) return
    try {
      const isChanged = await takeOver(workbench, plugin, origin)
      refusals.delete(name)
      if (isChanged && !isOver) onReloaded({ name, error: null })
    } catch (error) {
      const refusal = toErrorData(error)
      const isKnown = refusals.get(name) === JSON.stringify(refusal)
      refusals.set(name, JSON.stringify(refusal))
      if (!isOver && !isKnown) onReloaded({ name, error: refusal })
    }
  }
  const watchAll = () => {
    const wanted = new Map(developed(workbench).map(({ name, origin }) => [`${name}\n${origin}`, { name, origin }]))
    for (const [key, undo] of watches) {
      if (wanted.has(key)) continue
      undo()
      watches.delete(key)
    }
    for (const [key, { name, origin }] of wanted) {
      if (watches.has(key)) continue
      const onChange = () => {
        turn = turn.then(() => reload(name, origin))
      }
      watches.set(key, sources.watch(origin, onChange))
      // It may have changed while it was not watched.
      onChange()
    }
  }

  const unsubscribe = workbench.subscribe(({ kind }) => kind === 'plugins' && watchAll())
  watchAll()
  return async () => {
    isOver = true
    unsubscribe()
    for (const undo of watches.values()) undo()
    watches.clear()
    await turn
  }
}

type DevelopedPlugin = Plugin & { origin: string }

const developed = (workbench: Workbench): DevelopedPlugin[] =>
  workbench
    .findPlugins()
    .filter(
      (plugin): plugin is DevelopedPlugin =>
        plugin.isDeveloped && plugin.status === 'Enabled' && plugin.origin !== null && existsSync(plugin.origin),
    )

/** Installs a changed plug-in. Returns false if nothing has changed. The user's agreement covers a new version that asks for no further permissions. */
async function takeOver(workbench: Workbench, plugin: Plugin, origin: string): Promise<boolean> {
  const found = await workbench.readPackage(origin, plugin.configuration)
  if (isSamePackage(found.files, plugin.files)) return false
  const { manifest, contentHash } = await workbench.checkPlugin(found)
  if (manifest.name !== plugin.name) throw otherName(plugin.name, manifest.name)
  const added = manifest.permissions.filter((permission) => !plugin.permissions.includes(permission))
  if (added.length > 0) throw asksForMore(plugin.name, added)
  await workbench.installPlugin(found, { isEnabled: true, agreedTo: contentHash, replace: true, isDeveloped: true })
  return true
}

const otherName = (before: string, now: string) =>
  new EngineError('PLUGIN_INVALID', sessionText.otherName({ before, now }), {
    hint: sessionText.otherNameHint({ now }),
    details: { field: 'name', before, now },
  })

const asksForMore = (name: string, added: string[]) =>
  new EngineError('PLUGIN_NOT_AGREED', sessionText.asksForMore({ plugin: name, permissions: added.join(', ') }), {
    hint: sessionText.asksForMoreHint,
    details: { permissions: added },
  })
