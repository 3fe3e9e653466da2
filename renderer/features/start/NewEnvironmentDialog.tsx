import { useState } from 'react'
import { useApp, useStores } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { fileNameOf } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'

const EXTENSION = '.cascade'
/** Folder names that are no useful default for an environment's name. */
const SAYS_NOTHING = /^(src|solutions?|extracts?|base|dropped files)$/i

export function NewEnvironmentDialog({ sample: givenSample }: { sample: boolean }) {
  const { view, environment } = useStores()
  const { host, defaultFolder } = environment.getState()
  const separator = defaultFolder.includes('\\') ? '\\' : '/'
  const [sample, setSample] = useState(givenSample)
  const waitingImport = useApp('transfer', (state) => (state.flow.step === 'waiting' ? fileNameOf(state.flow.path) : null))
  const waitingPlugin = useApp('pluginInstall', (state) => (state.step === 'waiting' ? fileNameOf(state.path) : null))
  const suggested = givenSample ? 'Sample' : (waitingImport ?? '').replace(/\.[a-z]+$/i, '')
  const name = suggested === '' || SAYS_NOTHING.test(suggested) ? 'My environment' : suggested
  const [path, setPath] = useState(`${defaultFolder}${separator}${name}${EXTENSION}`)
  const busy = useApp('environment', (state) => state.status === 'opening')
  const error = useApp('environment', (state) => state.error)
  const close = () => {
    environment.getState().dismissError()
    view.getState().closeDialog()
  }
  const create = async () => {
    const full = path.endsWith(EXTENSION) ? path : `${path}${EXTENSION}`
    // Whatever waited for an environment has opened its own dialog by now.
    if ((await environment.getState().create(full, sample)) && view.getState().dialog.kind === 'newEnvironment') close()
  }
  return (
    <Modal
      title="New environment"
      description={
        waitingImport !== null
          ? `${waitingImport} is imported into it: you choose what, before anything is written.`
          : waitingPlugin !== null
            ? `${waitingPlugin} is installed into it: you see what it asks for, before anything is written.`
            : 'One file that holds the model, the records and the jobs.'
      }
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Close</Button>
          <Button variant="primary" type="submit" form="new-environment" disabled={busy || path.trim() === ''}>
            {busy ? 'Creating…' : 'Create environment'}
          </Button>
        </>
      }
    >
      <form
        id="new-environment"
        className="dialogs-form"
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        {error !== null && <ErrorNotice error={error} title="The environment was not created" />}
        <Field label="File">
          {(id) => (
            <span className="dialogs-path">
              <input id={id} className="ui-input" value={path} spellCheck={false} onChange={(event) => setPath(event.target.value)} />
              {host === 'electron' && (
                <Button
                  onClick={async () => {
                    const chosen = await environment.getState().chooseSave(path)
                    if (chosen !== null) setPath(chosen)
                  }}
                >
                  Choose…
                </Button>
              )}
            </span>
          )}
        </Field>
        <Checkbox
          checked={sample}
          onChange={setSample}
          description="A small company: accounts in a hierarchy, contacts, tasks, opportunities and orders, with the platform’s own relationships."
        >
          With sample data
        </Checkbox>
      </form>
    </Modal>
  )
}
