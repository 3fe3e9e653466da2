import type { Message } from '#text/message'
import { HostQuestion } from '../../frame/HostQuestion.tsx'
import { activityStore } from '../../frame/stores/activity.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { ui } from '../../ui/texts.ts'
import { InstallContents } from './InstallContents.tsx'
import { PermissionList } from './PermissionList.tsx'
import { changesOf } from './plugin-changes.ts'
import { type InstallStep, pluginInstallStore } from './stores/plugin-install.ts'
import { pluginsText } from './texts.ts'

/** Shows a plug-in's permissions and contents before it is installed. */
export function InstallDialog() {
  const { say } = useWords()
  const view = useStore(viewStore)
  const pluginInstall = useStore(pluginInstallStore)
  const activity = useStore(activityStore)
  const state = useStoreState(pluginInstallStore, (install) => install)
  const { step, check, configuration, error } = state
  const replaces = check?.replaces ?? null
  const changes = check !== null && replaces !== null ? changesOf(replaces, check) : null
  const close = () => {
    pluginInstall.getState().leave()
    view.getState().closeDialog()
  }
  const install = async (isEnabled: boolean) => {
    const name = check?.manifest.name ?? ''
    if (!(await pluginInstall.getState().install(isEnabled))) return
    const { done, doneDisabled, updated, updatedDisabled } = pluginsText.install
    const [enabled, disabled] = replaces === null ? [done, doneDisabled] : [updated, updatedDisabled]
    activity.getState().announce((isEnabled ? enabled : disabled)({ plugin: name }))
    view.getState().closeDialog()
    view.getState().go({ screen: 'plugins', part: 'installed', plugin: name })
  }
  const shownName = check === null ? shortenMiddle(state.name, 60) : shortenMiddle(check.manifest.name, 90)
  const isReady = step === 'asking'
  const note = noteOn(step)
  const isSame = changes?.isSame === true && replaces?.status === 'Enabled' && replaces.isDeveloped === state.isDeveloped
  return (
    <Modal
      size="wide"
      title={say(
        replaces === null ? pluginsText.install.title({ plugin: shownName }) : pluginsText.install.updateTitle({ plugin: shownName }),
      )}
      description={say(
        replaces === null ? pluginsText.install.description : pluginsText.install.updateDescription({ version: replaces.version }),
      )}
      onClose={close}
      footer={
        <>
          <span className="ui-modal-footer-note" role="status">
            {isSame ? say(pluginsText.install.isSame) : note !== null && say(note)}
          </span>
          <Button onClick={close}>{say(ui.close)}</Button>
          {step === 'refused' ? (
            <Button variant="primary" onClick={() => void pluginInstall.getState().checkAgain()}>
              {say(pluginsText.install.checkAgain)}
            </Button>
          ) : (
            <>
              <Button disabled={!isReady} onClick={() => void install(false)}>
                {say(replaces === null ? pluginsText.install.installDisabled : pluginsText.install.updateDisabled)}
              </Button>
              <Button variant="primary" disabled={!isReady || isSame} onClick={() => void install(true)}>
                {say(
                  step === 'installing'
                    ? pluginsText.install.installing
                    : replaces === null
                      ? pluginsText.install.install
                      : pluginsText.install.update,
                )}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="dialogs-choices">
        {check !== null && (
          <>
            <div className="ui-field">
              <span className="ui-field-label">{say(pluginsText.install.plugin)}</span>
              <p className="plugins-long">
                {check.manifest.name}{' '}
                <span className="ui-muted">
                  {replaces === null || replaces.version === check.manifest.version
                    ? check.manifest.version
                    : `${replaces.version} → ${check.manifest.version}`}
                </span>
              </p>
              <p className="ui-muted ui-small plugins-path">{check.source}</p>
            </div>
            <section aria-label={say(pluginsText.permissions)} className="ui-field">
              <span className="ui-field-label">{say(pluginsText.asksFor)}</span>
              <PermissionList permissions={check.manifest.permissions} added={changes?.permissions.added ?? []} />
            </section>
          </>
        )}
        {check === null && (
          <div className="ui-field">
            <span className="ui-field-label">{say(pluginsText.install.from)}</span>
            <p className="plugins-path">{state.name}</p>
          </div>
        )}
        <Field label={say(pluginsText.install.configuration)} hint={say(pluginsText.install.configurationHint)}>
          {(id) => (
            <textarea
              id={id}
              className="ui-input ui-mono"
              rows={4}
              spellCheck={false}
              value={configuration}
              disabled={step === 'receiving' || step === 'installing'}
              onChange={(event) => pluginInstall.getState().configure(event.target.value)}
            />
          )}
        </Field>
        <Checkbox
          checked={state.isDeveloped}
          disabled={!isReady || isArchive(state.name)}
          onChange={(checked) => pluginInstall.getState().chooseDeveloped(checked)}
          description={say(developMeaning(state.name, state.isUpload))}
        >
          {say(pluginsText.install.develop)}
        </Checkbox>
      </div>
      <div className="dialogs-effect">
        <div className="dialogs-preview">
          <HostQuestion />
          {error !== null && (
            <ErrorNotice error={error} title={say(check === null ? pluginsText.install.doesNotFit : pluginsText.install.notInstalled)} />
          )}
          {check === null && error === null && <SkeletonLines lines={8} label={say(pluginsText.install.loading)} />}
          {check === null && error !== null && (
            <EmptyState title={say(pluginsText.install.fix)}>{say(pluginsText.install.fixSentence)}</EmptyState>
          )}
          {check !== null && <InstallContents check={check} changes={changes} />}
        </div>
      </div>
    </Modal>
  )
}

/** Returns what stands beside the buttons in a step. */
const noteOn = (step: InstallStep): Message | null => (step === 'idle' || step === 'refused' ? null : pluginsText.install.note[step])

const isArchive = (name: string): boolean => /\.(tgz|tar\.gz)$/i.test(name)

function developMeaning(name: string, isUpload: boolean): Message {
  if (isArchive(name)) return pluginsText.install.developArchive
  if (isUpload) return pluginsText.install.developUpload
  return pluginsText.install.developMeaning
}
