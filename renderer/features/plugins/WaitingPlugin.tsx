import { Blocks, X } from 'lucide-react'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { pluginInstallStore } from './stores/plugin-install.ts'
import { pluginsText } from './texts.ts'

/** A plug-in that was dropped before there was an environment: it is shown in the first one that is opened. */
export function WaitingPlugin() {
  const { say } = useWords()
  const pluginInstall = useStore(pluginInstallStore)
  const view = useStore(viewStore)
  const step = useStoreState(pluginInstallStore, (state) => state.step)
  const name = useStoreState(pluginInstallStore, (state) => state.name)
  const error = useStoreState(pluginInstallStore, (state) => state.error)
  const forget = (
    <IconButton label={say(pluginsText.waiting.forget)} onClick={() => pluginInstall.getState().leave()}>
      <X size={14} />
    </IconButton>
  )
  if (step === 'receiving') return <p role="status">{say(pluginsText.waiting.receiving({ path: name }))}</p>
  if (step === 'refused' && error !== null)
    return <ErrorNotice error={error} title={say(pluginsText.waiting.notTaken({ path: name }))} action={forget} />
  if (step !== 'waiting') return null
  return (
    <section className="frame-waiting" aria-label={say(pluginsText.waiting.label)}>
      <Blocks size={18} aria-hidden />
      <p>
        <Text of={pluginsText.waiting.sentence({ name })} tags={{ file: (inside) => <strong>{inside}</strong> }} />
      </p>
      <Button variant="primary" onClick={() => view.getState().openDialog({ kind: 'newEnvironment', sample: false })}>
        {say(pluginsText.waiting.makeEnvironment)}
      </Button>
      {forget}
    </section>
  )
}
