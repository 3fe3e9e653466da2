import { useFeatures } from '../frame/feature.ts'
import { sectionOf } from '../frame/location.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { shellText } from './texts.ts'

export function Navigation() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const current = useStoreState(viewStore, (state) => sectionOf(state.location))
  const entries = useFeatures().flatMap(({ navigation }) => navigation ?? [])
  const shown = (isLast: boolean) =>
    entries
      .filter((entry) => (entry.isLast ?? false) === isLast)
      .map(({ screen, label, icon: Icon, counts: Counts }) => (
        <button
          key={screen}
          type="button"
          className="app-nav-entry"
          aria-current={current === screen ? 'page' : undefined}
          onClick={() => view.getState().goToScreen(screen)}
        >
          <Icon size={16} aria-hidden />
          <span>{say(label)}</span>
          {Counts !== undefined && <Counts />}
        </button>
      ))
  return (
    <nav className="app-nav" aria-label={say(shellText.sections)}>
      {shown(false)}
      <div className="app-nav-gap" />
      {shown(true)}
    </nav>
  )
}
