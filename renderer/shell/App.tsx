import { useEffect } from 'react'
import { StartPage } from '../features/start/StartPage.tsx'
import { useFeatures } from '../frame/feature.ts'
import { environmentStore } from '../frame/stores/environment.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { DropZone } from './DropZone.tsx'
import { FileNotes } from './FileNotes.tsx'
import { HostState } from './HostState.tsx'
import { MainArea } from './MainArea.tsx'
import { Navigation } from './Navigation.tsx'
import { Notices } from './Notices.tsx'
import { OpenDialogs } from './OpenDialogs.tsx'
import { Palette } from './Palette.tsx'
import { Speaking } from './Speaking.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TitleBar } from './TitleBar.tsx'
import { shellText } from './texts.ts'
import { useOpenRequests } from './use-bring-in.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The window: the start page until an environment is open, then the workbench with one screen at a time. */
export function App() {
  const theme = useStoreState(viewStore, (state) => state.theme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  useShortcuts()
  useOpenRequests()
  return (
    <Speaking>
      <DropZone>
        <Content />
        <OpenDialogs />
        <Notices />
      </DropZone>
      <HostState />
    </Speaking>
  )
}

function Content() {
  const { say } = useWords()
  const environment = useStore(environmentStore)
  const status = useStoreState(environmentStore, (state) => state.status)
  const error = useStoreState(environmentStore, (state) => state.error)
  const features = useFeatures()
  const hasInfo = useStoreState(environmentStore, (state) => state.info !== null)
  if (status === 'starting') {
    return (
      <main className="app-starting">
        <EmptyState title={say(shellText.starting)} />
      </main>
    )
  }
  if (status === 'failed' && error !== null) {
    return (
      <main className="app-failed">
        <ErrorNotice
          error={error}
          title={say(shellText.noAnswer)}
          action={<Button onClick={() => void environment.getState().start()}>{say(shellText.tryAgain)}</Button>}
        />
        {error.code === 'HOST_LOST' && (
          <p className="ui-muted app-failed-note" role="status">
            {say(shellText.keepsAsking)}
          </p>
        )}
      </main>
    )
  }
  if (status === 'none' || !hasInfo) return <StartPage />
  return (
    <div className="app-frame">
      <TitleBar />
      <FileNotes />
      <Navigation />
      <MainArea />
      {features.map(({ name, panel: Panel }) => Panel && <Panel key={name} />)}
      <StatusBar />
      <Palette />
    </div>
  )
}
