import { useState } from 'react'
import type { ChosenFile } from '#contract'
import { useFeatures } from '../../frame/feature.ts'
import { HostQuestion } from '../../frame/HostQuestion.tsx'
import { activityStore } from '../../frame/stores/activity.ts'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState, useStores } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
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
  const activity = useStore(activityStore)
  const { defaultFolder } = environment.getState()
  const [sample, setSample] = useState(givenSample)
  const stores = useStores()
  const features = useFeatures()
  const [waiting] = useState(() => features.map((feature) => feature.waitingFile?.(stores) ?? null).find((file) => file !== null) ?? null)
  const suggested = givenSample ? 'Sample' : (waiting?.namesEnvironment ? waiting.name : '').replace(/\.[a-z]+$/i, '')
  const [name, setName] = useState(() => (suggested === '' || SAYS_NOTHING.test(suggested) ? say(text.defaultName) : suggested))
  /** Where the person chose a place instead of the default folder. */
  const [chosen, setChosen] = useState<ChosenFile | null>(null)
  const busy = useStoreState(environmentStore, (state) => state.status === 'opening')
  const error = useStoreState(environmentStore, (state) => state.error)
  const close = () => {
    environment.getState().dismissError()
    view.getState().closeDialog()
  }
  const create = async () => {
    const file = chosen === null ? { name: name.trim() } : { token: chosen.token }
    // Whatever waited for an environment has opened its own dialog by now.
    if ((await environment.getState().create(file, sample)) && view.getState().dialog.kind === 'newEnvironment') close()
  }
  const choosePlace = async () => {
    try {
      const place = await environment.getState().chooseSave(`${name.trim()}${EXTENSION}`)
      if (place !== null) setChosen(place)
    } catch (thrown) {
      activity.getState().reportError(text.placeNotChosen, thrown)
    }
  }
  return (
    <Modal
      title={say(startText.newEnvironment)}
      description={say(waiting === null ? text.description : waiting.outlook)}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{say(startText.close)}</Button>
          <Button variant="primary" type="submit" form="new-environment" disabled={busy || name.trim() === ''}>
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
        <HostQuestion />
        <Field label={say(text.name)} hint={say(chosen === null ? text.inFolder({ folder: defaultFolder }) : text.inChosenPlace)}>
          {(id) => (
            <span className="dialogs-path">
              <input
                id={id}
                className="ui-input"
                value={chosen?.name ?? name}
                readOnly={chosen !== null}
                spellCheck={false}
                onChange={(event) => setName(event.target.value)}
              />
              <Button onClick={() => void choosePlace()}>{say(text.choosePlace)}</Button>
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
