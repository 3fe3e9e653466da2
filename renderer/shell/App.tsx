import { useEffect } from 'react'
import { FaultsPanel } from '../features/faults/FaultsPanel.tsx'
import { StartPage } from '../features/start/StartPage.tsx'
import { useApp, useStores } from '../frame/stores-context.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { DropZone } from './DropZone.tsx'
import { MainArea } from './MainArea.tsx'
import { Navigation } from './Navigation.tsx'
import { Notices } from './Notices.tsx'
import { OpenDialogs } from './OpenDialogs.tsx'
import { Palette } from './Palette.tsx'
import { Speaking } from './Speaking.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TitleBar } from './TitleBar.tsx'
import { useOpenRequests } from './use-bring-in.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The window: the start page until an environment is open, then the workbench with one screen at a time. */
export function App() {
  const theme = useApp('view', (state) => state.theme)
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
    </Speaking>
  )
}

function Content() {
  const { environment } = useStores()
  const status = useApp('environment', (state) => state.status)
  const error = useApp('environment', (state) => state.error)
  const faultsOpen = useApp('faults', (state) => state.isOpen)
  const hasInfo = useApp('environment', (state) => state.info !== null)
  if (status === 'starting') {
    return (
      <main className="app-starting">
        <EmptyState title="Starting Cascade Workbench…" />
      </main>
    )
  }
  if (status === 'failed' && error !== null) {
    return (
      <main className="app-failed">
        <ErrorNotice
          error={error}
          title="Cascade Workbench did not answer"
          action={<Button onClick={() => void environment.getState().start()}>Try again</Button>}
        />
        {error.code === 'HOST_LOST' && (
          <p className="ui-muted app-failed-note" role="status">
            This page keeps asking, and opens as soon as there is an answer.
          </p>
        )}
      </main>
    )
  }
  if (status === 'none' || !hasInfo) return <StartPage />
  return (
    <div className="app-frame">
      <TitleBar />
      <Navigation />
      <MainArea />
      {faultsOpen && <FaultsPanel />}
      <StatusBar />
      <Palette />
    </div>
  )
}
