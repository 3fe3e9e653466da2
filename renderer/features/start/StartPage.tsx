import { Blocks, Database, FileDown, FilePlus2, FlaskConical, FolderOpen, X } from 'lucide-react'
import { useApp, useStores } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { fileNameOf } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Time } from '../../ui/Time.tsx'

/** The page that is shown while no environment is open. */
export function StartPage() {
  const { view, environment } = useStores()
  const version = useApp('environment', (state) => state.version)
  const status = useApp('environment', (state) => state.status)
  const error = useApp('environment', (state) => state.error)
  const busy = status === 'opening'
  const { openDialog } = view.getState()
  return (
    <main className="start">
      <div className="start-page">
        <header>
          <h1 className="start-title">Cascade Workbench</h1>
          <p className="app-sentence">
            Rehearse what assign, delete and merge do to a whole tree of records, before anyone does it for real. An environment is one file
            on this machine.
          </p>
        </header>
        <div className="start-actions">
          <Button
            variant="primary"
            icon={<FlaskConical size={15} />}
            disabled={busy}
            onClick={() => openDialog({ kind: 'newEnvironment', sample: true })}
          >
            Open the sample
          </Button>
          <Button icon={<FilePlus2 size={15} />} disabled={busy} onClick={() => openDialog({ kind: 'newEnvironment', sample: false })}>
            New environment
          </Button>
          <Button icon={<FolderOpen size={15} />} disabled={busy} onClick={() => openDialog({ kind: 'openEnvironment' })}>
            Open environment
          </Button>
        </div>
        {error !== null && (
          <ErrorNotice
            error={error}
            title="The environment was not opened"
            action={
              <IconButton label="Dismiss" onClick={() => environment.getState().dismissError()}>
                <X size={14} />
              </IconButton>
            }
          />
        )}
        <WaitingImport />
        <WaitingPlugin />
        {busy && <p role="status">Opening…</p>}
        <RecentEnvironments busy={busy} />
        <p className="ui-muted ui-small">
          You can also drop a .cascade file, a solution, a data package or a plug-in anywhere on this window. Version {version}
        </p>
      </div>
    </main>
  )
}

/** Says that a dropped file will be imported into the next environment that is opened. */
function WaitingImport() {
  const { transfer, view } = useStores()
  const flow = useApp('transfer', (state) => state.flow)
  const forget = (
    <IconButton label="Do not import it" onClick={() => transfer.getState().startAgain()}>
      <X size={14} />
    </IconButton>
  )
  if (flow.step === 'receiving') return <p role="status">Receiving {flow.name}…</p>
  if (flow.step === 'failed') return <ErrorNotice error={flow.error} title={`${flow.path} was not taken`} action={forget} />
  if (flow.step !== 'waiting') return null
  return (
    <section className="start-waiting" aria-label="Waiting to be imported">
      <FileDown size={18} aria-hidden />
      <p>
        <strong>{fileNameOf(flow.path)}</strong> waits for an environment to go into. Make one or open one: the import goes on by itself.
      </p>
      <Button variant="primary" onClick={() => view.getState().openDialog({ kind: 'newEnvironment', sample: false })}>
        Make an environment for it
      </Button>
      {forget}
    </section>
  )
}

/** The same for a plug-in. */
function WaitingPlugin() {
  const { pluginInstall, view } = useStores()
  const step = useApp('pluginInstall', (state) => state.step)
  const path = useApp('pluginInstall', (state) => state.path)
  const error = useApp('pluginInstall', (state) => state.error)
  const forget = (
    <IconButton label="Do not install it" onClick={() => pluginInstall.getState().leave()}>
      <X size={14} />
    </IconButton>
  )
  if (step === 'receiving') return <p role="status">Receiving {path}…</p>
  if (step === 'refused' && error !== null) return <ErrorNotice error={error} title={`${path} was not taken`} action={forget} />
  if (step !== 'waiting') return null
  return (
    <section className="start-waiting" aria-label="Waiting to be installed">
      <Blocks size={18} aria-hidden />
      <p>
        <strong>{fileNameOf(path)}</strong> waits for an environment to go into. Make one or open one: it is then shown before it is
        installed.
      </p>
      <Button variant="primary" onClick={() => view.getState().openDialog({ kind: 'newEnvironment', sample: false })}>
        Make an environment for it
      </Button>
      {forget}
    </section>
  )
}

function RecentEnvironments({ busy }: { busy: boolean }) {
  const { environment } = useStores()
  const recent = useApp('environment', (state) => state.recent)
  return (
    <section aria-labelledby="start-recent">
      <h2 id="start-recent" className="ui-label">
        Recent environments
      </h2>
      {recent.length === 0 && (
        <p className="start-none">None yet. The sample shows a small company with accounts, contacts and orders to try things on.</p>
      )}
      <ul className="start-list">
        {recent.map((entry) => (
          <li key={entry.path} className="start-entry">
            <button
              type="button"
              className="start-open"
              disabled={busy || !entry.exists}
              onClick={() => void environment.getState().open(entry.path)}
            >
              <Database size={16} aria-hidden />
              <span className="start-entry-text">
                <span className="start-entry-name">{entry.name}</span>
                <span className="start-entry-path" title={entry.path}>
                  {entry.path}
                </span>
              </span>
              <span className="ui-muted ui-small">{entry.exists ? <Time ms={entry.openedOnMs} /> : 'file is missing'}</span>
            </button>
            <IconButton label="Remove from this list" onClick={() => void environment.getState().forget(entry.path)}>
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
