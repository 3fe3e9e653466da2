import { FileDown, X } from 'lucide-react'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { fileNameOf } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { transferStore } from './stores/transfer.ts'

/** What was dropped before there was an environment: it is imported into the first one that is opened. */
export function WaitingImport() {
  const transfer = useStore(transferStore)
  const view = useStore(viewStore)
  const flow = useStoreState(transferStore, (state) => state.flow)
  const forget = (
    <IconButton label="Do not import it" onClick={() => transfer.getState().startAgain()}>
      <X size={14} />
    </IconButton>
  )
  if (flow.step === 'receiving') return <p role="status">Receiving {flow.name}…</p>
  if (flow.step === 'failed') return <ErrorNotice error={flow.error} title={`${flow.path} was not taken`} action={forget} />
  if (flow.step !== 'waiting') return null
  return (
    <section className="frame-waiting" aria-label="Waiting to be imported">
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
