import { viewStore } from '../frame/stores/view.ts'
import { useStoreState } from '../frame/stores-context.ts'
import { DIALOGS } from './features.ts'

/** At most one dialog. */
export function OpenDialogs() {
  const dialog = useStoreState(viewStore, (state) => state.dialog)
  if (dialog.kind === 'none') return null
  const Dialog = DIALOGS[dialog.kind]
  return <Dialog {...dialog} />
}
