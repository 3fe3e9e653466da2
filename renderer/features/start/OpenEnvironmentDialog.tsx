import { useState } from 'react'
import { FilePicker } from '../../frame/FilePicker.tsx'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { startText } from './texts.ts'

const { opening: text } = startText

export function OpenEnvironmentDialog() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const environment = useStore(environmentStore)
  const [path, setPath] = useState('')
  const busy = useStoreState(environmentStore, (state) => state.status === 'opening')
  const error = useStoreState(environmentStore, (state) => state.error)
  const close = () => {
    environment.getState().dismissError()
    view.getState().closeDialog()
  }
  const open = async (chosen: string) => {
    setPath(chosen)
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
          <Button onClick={close}>{say(startText.close)}</Button>
          <Button variant="primary" type="submit" form="open-environment" disabled={busy || path.trim() === ''}>
            {say(busy ? text.working : startText.openEnvironment)}
          </Button>
        </>
      }
    >
      <form
        id="open-environment"
        className="dialogs-form"
        onSubmit={(event) => {
          event.preventDefault()
          void open(path.trim())
        }}
      >
        {error !== null && <ErrorNotice error={error} title={say(text.notOpened)} />}
        <Field label={say(startText.file)} hint={say(text.hint)}>
          {(id) => (
            <span className="dialogs-path">
              <input id={id} className="ui-input" value={path} spellCheck={false} onChange={(event) => setPath(event.target.value)} />
              <FilePicker
                kind="environment"
                label={say(startText.chooseFile)}
                accept=".cascade"
                receive={(_name, files) => environment.getState().receive(files)}
                onPath={(chosen) => void open(chosen)}
              />
            </span>
          )}
        </Field>
      </form>
    </Modal>
  )
}
