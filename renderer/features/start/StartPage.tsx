import { Database, FilePlus2, FlaskConical, FolderOpen, X } from 'lucide-react'
import { useFeatures } from '../../frame/feature.ts'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Time } from '../../ui/Time.tsx'
import { startText } from './texts.ts'

const { page: text } = startText

/** What one sees while no environment is open. */
export function StartPage() {
  const { say } = useWords()
  const view = useStore(viewStore)
  const environment = useStore(environmentStore)
  const version = useStoreState(environmentStore, (state) => state.version)
  const status = useStoreState(environmentStore, (state) => state.status)
  const error = useStoreState(environmentStore, (state) => state.error)
  const busy = status === 'opening'
  const features = useFeatures()
  const { openDialog } = view.getState()
  return (
    <main className="start">
      <div className="start-page">
        <header>
          <h1 className="start-title">{say(text.title)}</h1>
          <p className="app-sentence">{say(text.sentence)}</p>
        </header>
        <div className="start-actions">
          <Button
            variant="primary"
            icon={<FlaskConical size={15} />}
            disabled={busy}
            onClick={() => openDialog({ kind: 'newEnvironment', sample: true })}
          >
            {say(text.openSample)}
          </Button>
          <Button icon={<FilePlus2 size={15} />} disabled={busy} onClick={() => openDialog({ kind: 'newEnvironment', sample: false })}>
            {say(startText.newEnvironment)}
          </Button>
          <Button icon={<FolderOpen size={15} />} disabled={busy} onClick={() => openDialog({ kind: 'openEnvironment' })}>
            {say(startText.openEnvironment)}
          </Button>
        </div>
        {error !== null && (
          <ErrorNotice
            error={error}
            title={say(startText.opening.notOpened)}
            action={
              <IconButton label={say(text.dismiss)} onClick={() => environment.getState().dismissError()}>
                <X size={14} />
              </IconButton>
            }
          />
        )}
        {features.map(({ name, startNotice: Notice }) => Notice && <Notice key={name} />)}
        {busy && <p role="status">{say(startText.opening.working)}</p>}
        <RecentEnvironments busy={busy} />
        <p className="ui-muted ui-small">{say(text.drop({ version }))}</p>
      </div>
    </main>
  )
}

function RecentEnvironments({ busy }: { busy: boolean }) {
  const { say } = useWords()
  const environment = useStore(environmentStore)
  const recent = useStoreState(environmentStore, (state) => state.recent)
  return (
    <section aria-labelledby="start-recent">
      <h2 id="start-recent" className="ui-label">
        {say(text.recent)}
      </h2>
      {recent.length === 0 && <p className="start-none">{say(text.noneYet)}</p>}
      <ul className="start-list">
        {recent.map((entry) => (
          <li key={entry.path} className="start-entry">
            <button
              type="button"
              className="start-open"
              disabled={busy || !entry.exists}
              onClick={() => void environment.getState().open(entry.file)}
            >
              <Database size={16} aria-hidden />
              <span className="start-entry-text">
                <span className="start-entry-name">{entry.name}</span>
                <span className="start-entry-path" title={entry.path}>
                  {entry.path}
                </span>
              </span>
              <span className="ui-muted ui-small">{entry.exists ? <Time ms={entry.openedOnMs} /> : say(text.missing)}</span>
            </button>
            <IconButton label={say(text.forget)} onClick={() => void environment.getState().forget(entry.file)}>
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
