import { NavigationCount } from '../../frame/NavigationCount.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { pluginsText } from './texts.ts'

/** How many plug-ins wait until somebody agrees to what they may do. */
export function PluginCounts() {
  const { say } = useWords()
  const waiting = useStoreState(
    pluginsStore,
    (state) => (state.plugins ?? []).filter(({ status }) => status === 'Waiting for agreement').length,
  )
  return <NavigationCount waits count={waiting} word={say(pluginsText.waitingForAgreement)} />
}
