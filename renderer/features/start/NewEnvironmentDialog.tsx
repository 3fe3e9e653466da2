import { useState } from 'react'
import { useFeatures } from '../../frame/feature.ts'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState, useStores } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { fileNameOf } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { startText } from './texts.ts'

const { creating: text } = startText

const EXTENSION = '.cascade'
/** Folder names that are no useful default for an environment's name. */
const SAYS_NOTHING = /^(src|solutions?|extracts?|base|dropped files)$/i

export function NewEnvironmentDialog({ sample: givenSample }: { sample: boolean }) {
  const view = useStore(viewStore)
  const { say } = useWords()
  const environment = useStore(environmentStore)
  const { host, defaultFolder } = environment.getState()
  const separator = defaultFolder.includes('\\') ? '\\' : '/'
  const [sample, setSample] = useState(givenSample)
  const stores = useStores()
  const features = useFeatures()
  const [waiting] = useState(() => features.map((feature) => feature.waitingFile?.(stores) ?? null).find((file) => file !== null) ?? null)
  const suggested = givenSample ? 'Sample' : (waiting?.namesEnvironment ? fileNameOf(waiting.path) : '').replace(/\.[a-z]+$/i, '')
  const name = suggested === '' || SAYS_NOTHING.test(suggested) ? say(text.defaultName) : suggested
  const [path, setPath] = useState(`${defaultFolder}${separator}${name}${EXTENSION}`)
  const busy = useStoreState(environmentStore, (state) => state.status === 'opening')
  const error = useStoreState(environmentStore, (state) => state.error)
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
      title={say(startText.newEnvironment)}
      description={say(waiting === null ? text.description : waiting.outlook)}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{say(startText.close)}</Button>
          <Button variant="primary" type="submit" form="new-environment" disabled={busy || path.trim() === ''}>
            {say(busy ? text.working : text.action)}
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
        {error !== null && <ErrorNotice error={error} title={say(text.notCreated)} />}
        <Field label={say(startText.file)}>
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
                  {say(startText.chooseFile)}
                </Button>
              )}
            </span>
          )}
        </Field>
        <Checkbox checked={sample} onChange={setSample} description={say(text.sampleDescription)}>
          {say(text.sample)}
        </Checkbox>
      </form>
    </Modal>
  )
}
