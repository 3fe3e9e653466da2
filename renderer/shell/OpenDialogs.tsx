import { environmentStore } from '../frame/stores/environment.ts'
import { modelStore } from '../frame/stores/model.ts'
import { peopleStore } from '../frame/stores/people.ts'
import { previewIn, viewStore } from '../frame/stores/view.ts'
import { useStoreState } from '../frame/stores-context.ts'
import { DIALOGS } from './features.ts'

/** At most one dialog. */
export function OpenDialogs() {
  const dialog = useStoreState(viewStore, (state) => state.dialog)
  // A link can ask for a preview before there is anything to preview, or anybody to do it for.
  const isOpen = useStoreState(environmentStore, (state) => state.info !== null)
  const hasModel = useStoreState(modelStore, (state) => state.model !== null)
  const hasCaller = useStoreState(peopleStore, (state) => state.caller !== null)
  if (dialog.kind === 'none' || (previewIn(dialog) !== null && !(isOpen && hasModel && hasCaller))) return null
  const Dialog = DIALOGS[dialog.kind]
  return <Dialog {...dialog} />
}
