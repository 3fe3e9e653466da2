import { X, Zap } from 'lucide-react'
import { faultsInForce, faultsStore } from '../../frame/stores/faults.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { BatchFaults } from './BatchFaults.tsx'
import { RecordMeanwhile } from './RecordMeanwhile.tsx'
import { UserFaults } from './UserFaults.tsx'
import { WorkerFault } from './WorkerFault.tsx'

/** The panel for faults on purpose. It stays open beside every screen, so that people can use it while they watch a job. */
export function FaultsPanel() {
  const faults = useStore(faultsStore)
  const error = useStoreState(faultsStore, (state) => state.error)
  const isOpen = useStoreState(faultsStore, (state) => state.isOpen)
  if (!isOpen) return null
  const close = () => faults.getState().openPanel(false)
  return (
    <aside
      className="faults"
      aria-label="Faults"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
    >
      <header className="faults-header">
        <Zap size={16} aria-hidden />
        <h2 className="app-side-title">Faults</h2>
        <IconButton label="Close the faults" keys="Esc" onClick={close}>
          <X size={15} />
        </IconButton>
      </header>
      <div className="faults-body">
        <p className="ui-muted">What goes wrong here goes wrong on purpose, to show what happens then.</p>
        <InForce />
        {error !== null && (
          <ErrorNotice
            error={error}
            title="That was not done"
            action={
              <IconButton label="Dismiss" onClick={() => faults.getState().dismissError()}>
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
  const faults = useStore(faultsStore)
  const current = useStoreState(faultsStore, (state) => state.faults)
  const changedUsers = useStoreState(faultsStore, (state) => state.changedUsers)
  const inForce = faultsInForce({ faults: current, changedUsers })
  return (
    <section className={inForce.length > 0 ? 'faults-in-force faults-on' : 'faults-in-force'} aria-label="Switched on" role="status">
      {inForce.length === 0 ? (
        <p className="ui-muted">Nothing is switched on.</p>
      ) : (
        <>
          <p className="faults-title">Switched on</p>
          <ul>
            {inForce.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
          <Button onClick={() => void faults.getState().switchAllOff()}>Switch all faults off</Button>
        </>
      )}
    </section>
  )
}
