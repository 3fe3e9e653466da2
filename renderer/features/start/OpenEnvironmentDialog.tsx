import type { ChosenFile } from '#contract'
import { FilePicker } from '../../frame/FilePicker.tsx'
import { HostQuestion } from '../../frame/HostQuestion.tsx'
import { PathPicker } from '../../frame/PathPicker.tsx'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { startText } from './texts.ts'

const { opening: text } = startText

export function OpenEnvironmentDialog() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const environment = useStore(environmentStore)
  const host = useStoreState(environmentStore, (state) => state.host)
  const busy = useStoreState(environmentStore, (state) => state.status === 'opening')
  const error = useStoreState(environmentStore, (state) => state.error)
  const close = () => {
    environment.getState().dismissError()
    view.getState().closeDialog()
  }
  const open = async (chosen: ChosenFile) => {
    // Whatever waited for an environment has opened its own dialog by now.
    if ((await environment.getState().open(chosen)) && view.getState().dialog.kind === 'openEnvironment') close()
  }
  return (
    <Modal
      title={say(startText.openEnvironment)}
      description={say(text.description)}
      onClose={close}
      footer={
        <>
          <span className="ui-modal-footer-note" role="status">
            {busy && say(text.working)}
          </span>
          <Button onClick={close}>{say(startText.close)}</Button>
        </>
      }
    >
      <div className="dialogs-form">
        {error !== null && <ErrorNotice error={error} title={say(text.notOpened)} />}
        <HostQuestion />
        <p className="ui-muted">{say(host === 'browser' ? text.copied : text.hint)}</p>
        <div className="dialogs-path">
          <FilePicker
            kind="environment"
            label={say(startText.chooseFile)}
            variant="primary"
            accept=".cascade"
            receive={(_name, files) => environment.getState().receive(files)}
            onFile={(chosen) => void open(chosen)}
          />
          <PathPicker kind="environment" onFile={(chosen) => void open(chosen)} />
        </div>
      </div>
    </Modal>
  )
}
