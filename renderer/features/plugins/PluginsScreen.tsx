import { useEffect } from 'react'
import type { PlaceOf } from '../../frame/location.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { useStore } from '../../frame/stores-context.ts'
import { AvailableList } from './AvailableList.tsx'
import { ExecutionOrder } from './ExecutionOrder.tsx'
import { PluginList } from './PluginList.tsx'
import { PluginPage } from './PluginPage.tsx'

export function PluginsScreen(location: PlaceOf<'plugins'>) {
  const plugins = useStore(pluginsStore)
  useEffect(() => void plugins.getState().loadAvailable(), [plugins])
  switch (location.part) {
    case 'installed':
      return location.plugin === null ? <PluginList /> : <PluginPage key={location.plugin} name={location.plugin} />
    case 'available':
      return <AvailableList />
    case 'order':
      return <ExecutionOrder table={location.table} message={location.message} />
  }
}
