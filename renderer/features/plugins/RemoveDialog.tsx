import { verbatim } from '#text/english/verbatim'
import { activityStore } from '../../frame/stores/activity.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf, shortenMiddle } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { StepList } from './StepList.tsx'

/** Asks before a plug-in is removed and says what that means. */
export function RemoveDialog({ plugin: name }: { plugin: string }) {
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
    activity.getState().announce(verbatim.text({ text: `Removed ${name}` }))
    close()
    view.getState().go({ screen: 'plugins', part: 'installed', plugin: null })
  }
  return (
    <Modal
      title={`Remove ${shortenMiddle(name, 90)}`}
      description="To stop it for a while, disable it instead: then its files and configuration stay."
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Close</Button>
          <Button variant="danger" disabled={isChanging} onClick={() => void remove()}>
            Remove plug-in
          </Button>
        </>
      }
    >
      <div className="dialogs-form">
        {refused !== null && <ErrorNotice error={refused} title="The plug-in was not removed" />}
        <ul className="plugins-consequences">
          <li>
            {plugin.steps.length === 1 ? 'Its step does' : `Its ${countOf(plugin.steps.length, 'step')} do`} not run any more; a job under
            way sees that from its next record on.
          </li>
          <li>Its {countOf(plugin.files.length, 'file')} and its configuration leave this environment.</li>
          <li>Records that it wrote stay, and so does what the trace log says of its runs.</li>
          <li>
            {plugin.origin === null ? (
              'It cannot be read again from anywhere: keep a copy if you will need it.'
            ) : (
              <>
                <span className="ui-mono plugins-path">{plugin.origin}</span> stays as it is, and can be installed again.
              </>
            )}
          </li>
        </ul>
        <StepList steps={plugin.steps} label="Steps that will not run any more" />
      </div>
    </Modal>
  )
}
