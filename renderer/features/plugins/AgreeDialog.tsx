import { HostQuestion } from '../../frame/HostQuestion.tsx'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ui } from '../../ui/texts.ts'
import { FileMarks } from './FileMarks.tsx'
import { PermissionList } from './PermissionList.tsx'
import { StepList } from './StepList.tsx'
import { pluginsText } from './texts.ts'

/** Shows what an installed plug-in may do, and asks the person to agree. */
export function AgreeDialog({ plugin: name }: { plugin: string }) {
  const { say } = useWords()
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
      title={say(pluginsText.agree.title({ plugin: name }))}
      description={say(pluginsText.agree.description)}
      onClose={close}
      footer={
        <>
          <span className="ui-modal-footer-note">{say(pluginsText.agree.note)}</span>
          <Button onClick={close}>{say(ui.close)}</Button>
          <Button variant="primary" disabled={isChanging} onClick={() => void agree()}>
            {say(pluginsText.agree.agree)}
          </Button>
        </>
      }
    >
      <div className="dialogs-choices">
        <div className="ui-field">
          <span className="ui-field-label">{say(pluginsText.agree.plugin)}</span>
          <p className="plugins-long">
            {name} <span className="ui-muted">{plugin.version}</span>
          </p>
          <p className="ui-muted ui-small plugins-path">{plugin.source}</p>
        </div>
        <section aria-label={say(pluginsText.permissions)} className="ui-field">
          <span className="ui-field-label">{say(pluginsText.asksFor)}</span>
          <PermissionList permissions={plugin.permissions} />
        </section>
        <div className="ui-field">
          <span className="ui-field-label">{say(pluginsText.facts.configuration)}</span>
          {plugin.configuration === '' ? (
            <p className="ui-muted">{say(pluginsText.facts.noConfiguration)}</p>
          ) : (
            <pre className="plugins-configuration">{plugin.configuration}</pre>
          )}
        </div>
      </div>
      <div className="dialogs-effect">
        <div className="dialogs-preview">
          <HostQuestion />
          {refused !== null && <ErrorNotice error={refused} title={say(pluginsText.refused.enable)} />}
          <section aria-label={say(pluginsText.steps.heading)}>
            <h3 className="ui-heading">{say(pluginsText.steps.count({ count: plugin.steps.length }))}</h3>
            <StepList steps={plugin.steps} label={say(pluginsText.steps.inOrder)} />
          </section>
          <section aria-label={say(pluginsText.files.heading)}>
            <h3 className="ui-heading">{say(pluginsText.files.count({ count: plugin.files.length }))}</h3>
            <FileMarks files={plugin.files} />
            <p className="ui-muted ui-small">{say(pluginsText.files.onPage)}</p>
          </section>
        </div>
      </div>
    </Modal>
  )
}
