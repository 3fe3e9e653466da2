import { ArrowLeft, ArrowRight, Link, Search, Zap } from 'lucide-react'
import { useCallback } from 'react'
import type { Principal } from '#engine/contract/security'
import { copyLink } from '../frame/copy-link.ts'
import { faultsInForce, faultsStore } from '../frame/stores/faults.ts'
import { peopleStore } from '../frame/stores/people.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState, useStores } from '../frame/stores-context.ts'
import { useWords, type Words } from '../text/words.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Keys } from '../ui/Keys.tsx'
import { type FoundItem, SearchSelect } from '../ui/SearchSelect.tsx'
import { EnvironmentMenu } from './EnvironmentMenu.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import { ThemeButton } from './ThemeButton.tsx'
import { shellText } from './texts.ts'

export function TitleBar() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const stores = useStores()
  const canGoBack = useStoreState(viewStore, (state) => state.canGoBack)
  const canGoForward = useStoreState(viewStore, (state) => state.canGoForward)
  return (
    <header className="app-titlebar">
      <EnvironmentMenu />
      <div className="app-titlebar-middle">
        <IconButton label={say(shellText.titleBar.back)} keys="Alt+←" disabled={!canGoBack} onClick={() => view.getState().goBack()}>
          <ArrowLeft size={15} />
        </IconButton>
        <IconButton
          label={say(shellText.titleBar.forward)}
          keys="Alt+→"
          disabled={!canGoForward}
          onClick={() => view.getState().goForward()}
        >
          <ArrowRight size={15} />
        </IconButton>
        <IconButton
          label={say(shellText.titleBar.copyLink)}
          hint={say(shellText.titleBar.copyLinkHint)}
          onClick={() => void copyLink(stores)}
        >
          <Link size={15} />
        </IconButton>
        <button type="button" className="app-search" onClick={() => view.getState().openPalette(true)}>
          <Search size={14} aria-hidden />
          <span className="app-search-text">{say(shellText.titleBar.search)}</span>
          <Keys keys="Ctrl+K" />
        </button>
      </div>
      <WorkAs />
      <FaultsButton />
      <LanguageButton />
      <ThemeButton />
    </header>
  )
}

function FaultsButton() {
  const faults = useStore(faultsStore)
  const { say } = useWords()
  const isOpen = useStoreState(faultsStore, (state) => state.isOpen)
  const isOn = useStoreState(faultsStore, (state) => faultsInForce(state).length > 0)
  return (
    <IconButton
      label={say(shellText.titleBar.faults)}
      hint={say(shellText.titleBar.faultsHint)}
      className={isOn ? 'app-faults-on' : ''}
      aria-pressed={isOpen}
      onClick={() => faults.getState().openPanel(!isOpen)}
    >
      <Zap size={15} />
    </IconButton>
  )
}

interface FoundUser extends FoundItem {
  user: Principal
}

const asItem = ({ say }: Words, user: Principal): FoundUser => ({
  key: user.id,
  label: user.name,
  // Ids that were made together begin alike, so that their ends tell two users of one name apart.
  description: [user.businessUnit, `…${user.id.slice(-8)}`, user.disabled ? say(shellText.titleBar.disabled) : null]
    .filter((part) => part !== null)
    .join(' · '),
  user,
})

/** Shows and changes the user in whose name everything is done. */
function WorkAs() {
  const people = useStore(peopleStore)
  const words = useWords()
  const { say } = words
  const caller = useStoreState(peopleStore, (state) => state.caller)
  const find = useCallback(
    async (search: string) =>
      (await people.getState().find(search)).filter((found) => found.table === 'systemuser').map((user) => asItem(words, user)),
    [people, words],
  )
  return (
    <div className="app-work-as">
      <span className="ui-muted" aria-hidden>
        {say(shellText.titleBar.workAs)}
      </span>
      <SearchSelect
        label={say(shellText.titleBar.worksAs({ user: caller?.name ?? shellText.titleBar.nobody }))}
        placeholder={say(shellText.titleBar.chooseUser)}
        value={caller === null ? null : asItem(words, caller)}
        find={find}
        onChange={(item) => people.getState().workAs(item.user)}
      />
    </div>
  )
}
