import { activityStore } from '../../frame/stores/activity.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { ui } from '../../ui/texts.ts'
import { StepList } from './StepList.tsx'
import { pluginsText } from './texts.ts'

/** Asks before a plug-in is removed and says what that means. */
export function RemoveDialog({ plugin: name }: { plugin: string }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  const plugins = useStore(pluginsStore)
  const activity = useStore(activityStore)
  const plugin = useStoreState(pluginsStore, (state) => state.plugins?.find((one) => one.name === name))
  const isChanging = useStoreState(pluginsStore, (state) => state.changing.has(name))
  const refused = useStoreState(pluginsStore, (state) => (state.refused?.plugin === name ? state.refused.error : null))
  if (plugin === undefined) return null
  const close = () => view.getState().closeDialog()
  const remove = async () => {
    if (!(await plugins.getState().removePlugin(name))) return
    activity.getState().announce(pluginsText.remove.done({ plugin: name }))
    close()
    view.getState().go({ screen: 'plugins', part: 'installed', plugin: null })
  }
  return (
    <Modal
      title={say(pluginsText.remove.title({ plugin: shortenMiddle(name, 90) }))}
      description={say(pluginsText.remove.description)}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{say(ui.close)}</Button>
          <Button variant="danger" disabled={isChanging} onClick={() => void remove()}>
            {say(pluginsText.remove.remove)}
          </Button>
        </>
      }
    >
      <div className="dialogs-form">
        {refused !== null && <ErrorNotice error={refused} title={say(pluginsText.refused.remove)} />}
        <ul className="plugins-consequences">
          <li>{say(pluginsText.remove.steps({ count: plugin.steps.length }))}</li>
          <li>{say(pluginsText.remove.files({ count: plugin.files.length }))}</li>
          <li>{say(pluginsText.remove.records)}</li>
          <li>
            {plugin.origin === null ? (
              say(pluginsText.remove.noOrigin)
            ) : (
              <Text
                of={pluginsText.remove.origin({ origin: plugin.origin })}
                tags={{ path: (inside) => <span className="ui-mono plugins-path">{inside}</span> }}
              />
            )}
          </li>
        </ul>
        <StepList steps={plugin.steps} label={say(pluginsText.remove.stepList)} />
      </div>
    </Modal>
  )
}
