import { Blocks, X } from 'lucide-react'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { fileNameOf } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { pluginInstallStore } from './stores/plugin-install.ts'

/** A plug-in that was dropped before there was an environment: it is shown in the first one that is opened. */
export function WaitingPlugin() {
  const pluginInstall = useStore(pluginInstallStore)
  const view = useStore(viewStore)
  const step = useStoreState(pluginInstallStore, (state) => state.step)
  const path = useStoreState(pluginInstallStore, (state) => state.path)
  const error = useStoreState(pluginInstallStore, (state) => state.error)
  const forget = (
    <IconButton label="Do not install it" onClick={() => pluginInstall.getState().leave()}>
      <X size={14} />
    </IconButton>
  )
  if (step === 'receiving') return <p role="status">Receiving {path}…</p>
  if (step === 'refused' && error !== null) return <ErrorNotice error={error} title={`${path} was not taken`} action={forget} />
  if (step !== 'waiting') return null
  return (
    <section className="frame-waiting" aria-label="Waiting to be installed">
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
