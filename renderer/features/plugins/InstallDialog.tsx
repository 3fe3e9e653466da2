import { verbatim } from '#text/english/verbatim'
import { activityStore } from '../../frame/stores/activity.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Field } from '../../ui/Field.tsx'
import { fileNameOf, shortenMiddle } from '../../ui/format.ts'
import { Modal } from '../../ui/Modal.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { InstallContents } from './InstallContents.tsx'
import { PermissionList } from './PermissionList.tsx'
import { changesOf } from './plugin-changes.ts'
import type { InstallStep } from './stores/plugin-install.ts'
import { pluginInstallStore } from './stores/plugin-install.ts'

/** Shows a plug-in's permissions and contents before it is installed. */
export function InstallDialog() {
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
    activity
      .getState()
      .announce(verbatim.text({ text: `${replaces === null ? 'Installed' : 'Updated'} ${name}${isEnabled ? '' : ', disabled'}` }))
    view.getState().closeDialog()
    view.getState().go({ screen: 'plugins', part: 'installed', plugin: name })
  }
  const isReady = step === 'asking'
  const isSame = changes?.isSame === true && replaces?.status === 'Enabled' && replaces.isDeveloped === state.isDeveloped
  return (
    <Modal
      size="wide"
      title={titleOf(check?.manifest.name ?? shortenMiddle(fileNameOf(state.path), 60), replaces !== null)}
      description={
        replaces === null
          ? 'Nothing of it is in the environment yet. Its module was evaluated, contained, to see what it declares.'
          : `Takes the place of version ${replaces.version}. Jobs under way see it from their next record on.`
      }
      onClose={close}
      footer={
        <>
          <span className="ui-modal-footer-note" role="status">
            {isSame ? 'This is what is installed: nothing has changed.' : NOTES[step]}
          </span>
          <Button onClick={close}>Close</Button>
          {step === 'refused' ? (
            <Button variant="primary" onClick={() => void pluginInstall.getState().checkAgain()}>
              Check again
            </Button>
          ) : (
            <>
              <Button disabled={!isReady} onClick={() => void install(false)}>
                {replaces === null ? 'Install disabled' : 'Update and disable'}
              </Button>
              <Button variant="primary" disabled={!isReady || isSame} onClick={() => void install(true)}>
                {step === 'installing' ? 'Installing…' : replaces === null ? 'Install and enable' : 'Update and enable'}
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
              <span className="ui-field-label">Plug-in</span>
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
            <section aria-label="Permissions" className="ui-field">
              <span className="ui-field-label">It asks for</span>
              <PermissionList permissions={check.manifest.permissions} added={changes?.permissions.added ?? []} />
            </section>
          </>
        )}
        {check === null && (
          <div className="ui-field">
            <span className="ui-field-label">From</span>
            <p className="plugins-path">{state.path}</p>
          </div>
        )}
        <Field label="Configuration" hint="Handed to modules that export a function. Its README says what it understands.">
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
          disabled={!isReady || isArchive(state.path)}
          onChange={(checked) => pluginInstall.getState().chooseDeveloped(checked)}
          description={developText(state.path, state.isUpload)}
        >
          Develop: reload on change
        </Checkbox>
      </div>
      <div className="dialogs-effect">
        <div className="dialogs-preview">
          {error !== null && (
            <ErrorNotice
              error={error}
              title={check === null ? 'This plug-in does not fit. Nothing was changed.' : 'The plug-in was not installed'}
            />
          )}
          {check === null && error === null && <SkeletonLines lines={8} label="Looking at the plug-in" />}
          {check === null && error !== null && (
            <EmptyState title="Fix it and check again">The dialog keeps the path and the configuration.</EmptyState>
          )}
          {check !== null && <InstallContents check={check} changes={changes} />}
        </div>
      </div>
    </Modal>
  )
}

const NOTES: Record<InstallStep, string> = {
  idle: '',
  receiving: 'The files are on their way to the host.',
  waiting: 'Goes on when an environment is open.',
  checking: 'Looking at it…',
  asking: 'Enabling means that you agree to what it asks for, with exactly these files.',
  refused: '',
  installing: 'Installing…',
}

const titleOf = (name: string, isUpdate: boolean): string => `${isUpdate ? 'Update' : 'Install'} ${shortenMiddle(name, 90)}`

const isArchive = (path: string): boolean => /\.(tgz|tar\.gz)$/i.test(path)

function developText(path: string, isUpload: boolean): string {
  if (isArchive(path)) return 'An archive is not followed. Install the folder that it was made from.'
  if (isUpload) return 'Follows the copy that is kept in your plug-in folder. To work in a folder of your own, install it by its path.'
  return 'Changes in its folder are taken over at once, without asking, as long as it asks for no more than now.'
}
