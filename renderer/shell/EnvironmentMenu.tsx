import { Menu } from '@base-ui/react/menu'
import { ChevronDown, Database } from 'lucide-react'
import type { ChosenFile } from '#contract'
import { BridgeError } from '../frame/bridge.ts'
import { activityStore } from '../frame/stores/activity.ts'
import { environmentStore } from '../frame/stores/environment.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { shellText } from './texts.ts'

/** The menu of the open environment, with other environments to open. */
export function EnvironmentMenu() {
  const { say, bytes } = useWords()
  const environment = useStore(environmentStore)
  const view = useStore(viewStore)
  const activity = useStore(activityStore)
  const info = useStoreState(environmentStore, (state) => state.info)
  const recent = useStoreState(environmentStore, (state) => state.recent)
  const others = recent.filter((entry) => entry.exists && entry.path !== info?.path).slice(0, 6)
  const open = async (file: ChosenFile) => {
    if (await environment.getState().open(file)) return
    const { error } = environment.getState()
    if (error !== null) activity.getState().reportError(shellText.notOpened({ file: file.name }), new BridgeError(error))
  }
  return (
    <Menu.Root>
      <Menu.Trigger className="app-environment" title={info?.path}>
        <Database size={15} aria-hidden />
        <span className="ui-clip">{info?.name ?? say(shellText.environment.none)}</span>
        <ChevronDown size={13} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="ui-layer" sideOffset={6} align="start">
          <Menu.Popup className="ui-popup app-environment-popup">
            {info !== null && (
              <p className="app-environment-path">
                {info.path}
                <br />
                {bytes(info.sizeBytes)}
              </p>
            )}
            <Menu.Separator className="ui-separator" />
            <Menu.Item className="ui-item" onClick={() => view.getState().openDialog({ kind: 'newEnvironment', sample: false })}>
              {say(shellText.environment.create)}
            </Menu.Item>
            <Menu.Item className="ui-item" onClick={() => view.getState().openDialog({ kind: 'openEnvironment' })}>
              {say(shellText.environment.open)}
            </Menu.Item>
            <Menu.Item className="ui-item" onClick={() => view.getState().go({ screen: 'import' })}>
              {say(shellText.environment.import)}
            </Menu.Item>
            {others.length > 0 && (
              <Menu.Group>
                <Menu.Separator className="ui-separator" />
                <Menu.GroupLabel className="ui-group-label">{say(shellText.environment.recent)}</Menu.GroupLabel>
                {others.map((entry) => (
                  <Menu.Item key={entry.path} className="ui-item" title={entry.path} onClick={() => void open(entry.file)}>
                    {entry.name}
                  </Menu.Item>
                ))}
              </Menu.Group>
            )}
            <Menu.Separator className="ui-separator" />
            <Menu.Item className="ui-item" onClick={() => void environment.getState().close()}>
              {say(shellText.environment.close)}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
