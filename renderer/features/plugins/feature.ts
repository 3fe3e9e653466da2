import './plugins.css'
import { Blocks } from 'lucide-react'
import { verbatim } from '#text/english/verbatim'
import { bestMatches } from '../../frame/best-matches.ts'
import { type Feature, goTo, type PaletteResult, type WaitingFile } from '../../frame/feature.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import type { Stores } from '../../frame/stores-context.ts'
import { AgreeDialog } from './AgreeDialog.tsx'
import { InstallDialog } from './InstallDialog.tsx'
import { PluginCounts } from './PluginCounts.tsx'
import { PluginsScreen } from './PluginsScreen.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { executionOrderStore } from './stores/execution-order.ts'
import { pluginInstallStore } from './stores/plugin-install.ts'
import { pluginsText } from './texts.ts'
import { WaitingPlugin } from './WaitingPlugin.tsx'

/** Plug-ins: which are installed, which can be, and in which order their steps run. */
export const plugins = {
  name: 'plugins',
  stores: [pluginsStore, executionOrderStore, pluginInstallStore],
  screens: { plugins: PluginsScreen },
  navigation: { screen: 'plugins', label: pluginsText.title, icon: Blocks, counts: PluginCounts },
  dialogs: { installPlugin: InstallDialog, agreePlugin: AgreeDialog, removePlugin: RemoveDialog },
  commands: [
    goTo(pluginsText.goTo, { screen: 'plugins', part: 'installed', plugin: null }),
    goTo(pluginsText.goToAvailable, { screen: 'plugins', part: 'available' }),
    goTo(pluginsText.goToOrder, { screen: 'plugins', part: 'order', table: null, message: null }),
  ],
  search: { over: [pluginsStore], find: findPlugins },
  startNotice: WaitingPlugin,
  waitingFile({ get }): WaitingFile | null {
    const { step, name } = get(pluginInstallStore).getState()
    if (step !== 'waiting') return null
    return { name, namesEnvironment: false, outlook: pluginsText.waiting.outlook({ file: name }) }
  },
  environmentOpened({ get }) {
    const { step, source, name, isUpload, begin } = get(pluginInstallStore).getState()
    if (step !== 'waiting' || source === null) return
    get(viewStore).getState().openDialog({ kind: 'installPlugin' })
    void begin({ source, name, isUpload })
  },
} satisfies Feature

function findPlugins(search: string, { get }: Stores): PaletteResult[] {
  const found = bestMatches(get(pluginsStore).getState().plugins ?? [], search, ({ name }) => [name], 5)
  return found.map(({ name, status }) => ({
    key: `plugin ${name}`,
    group: pluginsText.title,
    icon: Blocks,
    hint: pluginsText.status[status],
    ...goTo(verbatim.text({ text: name }), { screen: 'plugins', part: 'installed', plugin: name }),
  }))
}
