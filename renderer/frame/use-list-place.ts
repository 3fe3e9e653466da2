import type { ListPlace } from './stores/view.ts'
import { useApp, useStores } from './stores-context.ts'

const START: ListPlace = { active: 0, top: 0 }

/** A list's place, kept while the environment is open: one comes back to where one was. */
export function useListPlace(list: string): { place: ListPlace; onPlace: (place: ListPlace) => void } {
  const { view } = useStores()
  const place = useApp('view', (state) => state.places[list] ?? START)
  return { place, onPlace: (next) => view.getState().rememberPlace(list, next) }
}
