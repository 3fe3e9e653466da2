import type { Message } from '#text/message'
import { useWords } from '../text/words.ts'
import type { Location, PlaceOf } from './location.ts'
import { pluginsStore } from './stores/plugins.ts'
import { viewStore } from './stores/view.ts'
import { useStore, useStoreState } from './stores-context.ts'
import { frameText } from './texts.ts'

type Part = PlaceOf<'plugins'>['part'] | 'trace'

const { pluginsTabs: text } = frameText

/** The tabs of the screen, each a location of its own. */
export function PluginsTabs({ part }: { part: Part }) {
  const { count, say } = useWords()
  const view = useStore(viewStore)
  const installed = useStoreState(pluginsStore, (state) => state.plugins?.length)
  const available = useStoreState(pluginsStore, (state) => state.available?.plugins.length)
  const tab = (own: Part, label: Message, location: Location, amount?: number) => (
    <button
      type="button"
      className="ui-tab"
      aria-current={part === own ? 'page' : undefined}
      data-active={part === own ? '' : undefined}
      onClick={() => view.getState().go(location)}
    >
      {say(label)} {amount !== undefined && count(amount)}
    </button>
  )
  return (
    <nav className="ui-tabs frame-tabs" aria-label={say(text.label)}>
      {tab('installed', text.installed, { screen: 'plugins', part: 'installed', plugin: null }, installed)}
      {tab('available', text.available, { screen: 'plugins', part: 'available' }, available)}
      {tab('order', text.order, { screen: 'plugins', part: 'order', table: null, message: null })}
      {tab('trace', text.trace, { screen: 'trace', run: null })}
    </nav>
  )
}
