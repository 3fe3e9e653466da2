import type { ListPlace } from './stores/view.ts'
import { viewStore } from './stores/view.ts'
import { useStore, useStoreState } from './stores-context.ts'

const START: ListPlace = { active: 0, top: 0 }

/** Returns a list's position, which is kept while the environment is open. */
export function useListPlace(list: string): { place: ListPlace; onPlace: (place: ListPlace) => void } {
  const view = useStore(viewStore)
  const place = useStoreState(viewStore, (state) => state.places[list] ?? START)
  return { place, onPlace: (next) => view.getState().rememberPlace(list, next) }
}
