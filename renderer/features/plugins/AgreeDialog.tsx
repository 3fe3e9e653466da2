import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { FileMarks } from './FileMarks.tsx'
import { PermissionList } from './PermissionList.tsx'
import { StepList } from './StepList.tsx'

/** Shows what an installed plug-in may do, and asks the person to agree. */
export function AgreeDialog({ plugin: name }: { plugin: string }) {
  const view = useStore(viewStore)
  const plugins = useStore(pluginsStore)
  const plugin = useStoreState(pluginsStore, (state) => state.plugins?.find((one) => one.name === name))
  const isChanging = useStoreState(pluginsStore, (state) => state.changing.has(name))
  const refused = useStoreState(pluginsStore, (state) => (state.refused?.plugin === name ? state.refused.error : null))
  if (plugin === undefined) return null
  const close = () => view.getState().closeDialog()
  const agree = async () => {
    if ((await plugins.getState().enablePlugin(name, plugin.contentHash)) === true) close()
  }
  return (
    <Modal
      size="wide"
      title={`Enable ${name}`}
      description="Nobody on this computer has agreed to these files yet. They may have come with an environment that somebody else made."
      onClose={close}
      footer={
        <>
          <span className="ui-modal-footer-note">Enabling means that you agree to what it asks for, with exactly these files.</span>
          <Button onClick={close}>Close</Button>
          <Button variant="primary" disabled={isChanging} onClick={() => void agree()}>
            Agree and enable
          </Button>
        </>
      }
    >
      <div className="dialogs-choices">
        <div className="ui-field">
          <span className="ui-field-label">Plug-in</span>
          <p className="plugins-long">
            {name} <span className="ui-muted">{plugin.version}</span>
          </p>
          <p className="ui-muted ui-small plugins-path">{plugin.source}</p>
        </div>
        <section aria-label="Permissions" className="ui-field">
          <span className="ui-field-label">It asks for</span>
          <PermissionList permissions={plugin.permissions} />
        </section>
        <div className="ui-field">
          <span className="ui-field-label">Configuration</span>
          {plugin.configuration === '' ? (
            <p className="ui-muted">none</p>
          ) : (
            <pre className="plugins-configuration">{plugin.configuration}</pre>
          )}
        </div>
      </div>
      <div className="dialogs-effect">
        <div className="dialogs-preview">
          {refused !== null && <ErrorNotice error={refused} title="The plug-in was not enabled" />}
          <section aria-label="Steps">
            <h3 className="ui-heading">{countOf(plugin.steps.length, 'step')}</h3>
            <StepList steps={plugin.steps} label="Steps, in the order in which they run" />
          </section>
          <section aria-label="Files">
            <h3 className="ui-heading">{countOf(plugin.files.length, 'file')}</h3>
            <FileMarks files={plugin.files} />
            <p className="ui-muted ui-small">The plug-in’s page shows what is in them.</p>
          </section>
        </div>
      </div>
    </Modal>
  )
}
