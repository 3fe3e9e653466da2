import { X, Zap } from 'lucide-react'
import { faultsInForce, faultsStore } from '../../frame/stores/faults.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { BatchFaults } from './BatchFaults.tsx'
import { RecordMeanwhile } from './RecordMeanwhile.tsx'
import { faultsText } from './texts.ts'
import { UserFaults } from './UserFaults.tsx'
import { WorkerFault } from './WorkerFault.tsx'

const { panel: text } = faultsText

/** The panel for faults on purpose. It stays open beside every screen, so that people can use it while they watch a job. */
export function FaultsPanel() {
  const { say } = useWords()
  const faults = useStore(faultsStore)
  const error = useStoreState(faultsStore, (state) => state.error)
  const isOpen = useStoreState(faultsStore, (state) => state.isOpen)
  if (!isOpen) return null
  const close = () => faults.getState().openPanel(false)
  return (
    <aside
      className="faults"
      aria-label={say(text.title)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
    >
      <header className="faults-header">
        <Zap size={16} aria-hidden />
        <h2 className="app-side-title">{say(text.title)}</h2>
        <IconButton label={say(text.close)} keys="Esc" onClick={close}>
          <X size={15} />
        </IconButton>
      </header>
      <div className="faults-body">
        <p className="ui-muted">{say(text.explanation)}</p>
        <InForce />
        {error !== null && (
          <ErrorNotice
            error={error}
            title={say(text.notDone)}
            action={
              <IconButton label={say(text.dismiss)} onClick={() => faults.getState().dismissError()}>
                <X size={14} />
              </IconButton>
            }
          />
        )}
        <BatchFaults />
        <WorkerFault />
        <UserFaults />
        <RecordMeanwhile />
      </div>
    </aside>
  )
}

function InForce() {
  const { say } = useWords()
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const inForce = faultsInForce({ faults: current, changedUsers })
  return (
    <section className={inForce.length > 0 ? 'faults-in-force faults-on' : 'faults-in-force'} aria-label={say(text.on)} role="status">
      {inForce.length === 0 ? (
        <p className="ui-muted">{say(text.noneOn)}</p>
      ) : (
        <>
          <p className="faults-title">{say(text.on)}</p>
          <ul>
            {inForce.map((fault) => (
              <li key={say(fault)}>{say(fault)}</li>
            ))}
          </ul>
          <Button onClick={() => void faults.getState().switchAllOff()}>{say(text.allOff)}</Button>
        </>
      )}
    </section>
  )
}
