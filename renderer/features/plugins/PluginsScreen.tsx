import { useEffect } from 'react'
import type { Location } from '../../frame/location.ts'
import { useStores } from '../../frame/stores-context.ts'
import { TraceLog } from '../trace/TraceLog.tsx'
import { AvailableList } from './AvailableList.tsx'
import { ExecutionOrder } from './ExecutionOrder.tsx'
import { PluginList } from './PluginList.tsx'
import { PluginPage } from './PluginPage.tsx'

export function PluginsScreen({ location }: { location: Extract<Location, { screen: 'plugins' }> }) {
  const { plugins } = useStores()
  useEffect(() => void plugins.getState().loadAvailable(), [plugins])
  switch (location.part) {
    case 'installed':
      return location.plugin === null ? <PluginList /> : <PluginPage key={location.plugin} name={location.plugin} />
    case 'available':
      return <AvailableList />
    case 'order':
      return <ExecutionOrder table={location.table} message={location.message} />
    case 'trace':
      return <TraceLog run={location.run} />
  }
}
