import { viewStore } from '../frame/stores/view.ts'
import { useStoreState } from '../frame/stores-context.ts'
import { SCREENS } from './features.ts'

/** The screen of the current location. */
export function MainArea() {
  const location = useStoreState(viewStore, (state) => state.location)
  const Screen = SCREENS[location.screen]
  return <Screen {...location} />
}
