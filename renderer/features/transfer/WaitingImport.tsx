import { FileDown, X } from 'lucide-react'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { transferStore } from './stores/transfer.ts'
import { transferText } from './texts.ts'

const { waiting: text } = transferText

/** What was dropped before there was an environment: it is imported into the first one that is opened. */
export function WaitingImport() {
  const { say } = useWords()
  const transfer = useStore(transferStore)
  const view = useStore(viewStore)
  const flow = useStoreState(transferStore, (state) => state.flow)
  const forget = (
    <IconButton label={say(text.forget)} onClick={() => transfer.getState().startAgain()}>
      <X size={14} />
    </IconButton>
  )
  if (flow.step === 'receiving') return <p role="status">{say(text.receiving({ file: flow.name }))}</p>
  if (flow.step === 'failed') return <ErrorNotice error={flow.error} title={say(text.notTaken({ file: flow.name }))} action={forget} />
  if (flow.step !== 'waiting') return null
  return (
    <section className="frame-waiting" aria-label={say(text.label)}>
      <FileDown size={18} aria-hidden />
      <p>
        <Text of={text.explanation({ file: flow.file.name })} tags={{ name: (inside) => <strong>{inside}</strong> }} />
      </p>
      <Button variant="primary" onClick={() => view.getState().openDialog({ kind: 'newEnvironment', sample: false })}>
        {say(text.makeEnvironment)}
      </Button>
      {forget}
    </section>
  )
}
