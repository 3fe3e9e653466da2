import { NavigationCount } from '../../frame/NavigationCount.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { pluginsText } from './texts.ts'

/** How many plug-ins wait until somebody agrees to what they may do. */
export function PluginCounts() {
  const waiting = useStoreState(
    pluginsStore,
    (state) => (state.plugins ?? []).filter(({ status }) => status === 'Waiting for agreement').length,
  )
  return <NavigationCount waits count={waiting} meaning={pluginsText.waitingForAgreement({ count: waiting })} />
}
