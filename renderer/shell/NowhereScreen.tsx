import { Unlink } from 'lucide-react'
import type { PlaceOf } from '../frame/location.ts'
import { Screen } from '../frame/Screen.tsx'
import { viewStore } from '../frame/stores/view.ts'
import { useStore } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { shellText } from './texts.ts'

/** What a link shows that leads nowhere. */
export function NowhereScreen({ path }: PlaceOf<'nowhere'>) {
  const view = useStore(viewStore)
  const { say } = useWords()
  return (
    <Screen title={say(shellText.nowhere.title)}>
      <EmptyState
        icon={<Unlink size={28} />}
        title={say(shellText.nowhere.heading)}
        action={<Button onClick={() => view.getState().replace({ screen: 'overview' })}>{say(shellText.nowhere.goToOverview)}</Button>}
      >
        {say(shellText.nowhere.explanation({ path }))}
      </EmptyState>
    </Screen>
  )
}
