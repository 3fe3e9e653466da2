import { formatCount } from '../ui/format.ts'
import type { Location, PlaceOf } from './location.ts'
import { pluginsStore } from './stores/plugins.ts'
import { viewStore } from './stores/view.ts'
import { useStore, useStoreState } from './stores-context.ts'

type Part = PlaceOf<'plugins'>['part'] | 'trace'

/** The tabs of the screen, each a location of its own. */
export function PluginsTabs({ part }: { part: Part }) {
  const view = useStore(viewStore)
  const installed = useStoreState(pluginsStore, (state) => state.plugins?.length)
  const available = useStoreState(pluginsStore, (state) => state.available?.plugins.length)
  const tab = (own: Part, label: string, location: Location, count?: number) => (
    <button
      type="button"
      className="ui-tab"
      aria-current={part === own ? 'page' : undefined}
      data-active={part === own ? '' : undefined}
      onClick={() => view.getState().go(location)}
    >
      {label} {count !== undefined && formatCount(count)}
    </button>
  )
  return (
    <nav className="ui-tabs frame-tabs" aria-label="Parts of Plug-ins">
      {tab('installed', 'Installed', { screen: 'plugins', part: 'installed', plugin: null }, installed)}
      {tab('available', 'Available', { screen: 'plugins', part: 'available' }, available)}
      {tab('order', 'Order of execution', { screen: 'plugins', part: 'order', table: null, message: null })}
      {tab('trace', 'Trace log', { screen: 'trace', run: null })}
    </nav>
  )
}
