import { Unlink } from 'lucide-react'
import type { PlaceOf } from '../frame/location.ts'
import { Screen } from '../frame/Screen.tsx'
import { viewStore } from '../frame/stores/view.ts'
import { useStore } from '../frame/stores-context.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

/** What a link shows that leads nowhere. */
export function NowhereScreen({ path }: PlaceOf<'nowhere'>) {
  const view = useStore(viewStore)
  return (
    <Screen title="Not found">
      <EmptyState
        icon={<Unlink size={28} />}
        title="This link leads nowhere"
        action={<Button onClick={() => view.getState().replace({ screen: 'overview' })}>Go to Overview</Button>}
      >
        There is no place “{path}” in this app. The link is incomplete, or was made by another version.
      </EmptyState>
    </Screen>
  )
}
