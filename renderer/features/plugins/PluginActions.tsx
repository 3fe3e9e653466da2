import { Menu } from '@base-ui/react/menu'
import { ChevronDown } from 'lucide-react'
import type { ChosenFile } from '#contract'
import type { Plugin } from '#engine/contract/plugins'
import { FilePicker } from '../../frame/FilePicker.tsx'
import { environmentStore } from '../../frame/stores/environment.ts'
import { pluginsStore } from '../../frame/stores/plugins.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { fileNameOf } from '../../ui/format.ts'
import { isPluginFile, PLUGIN_FILES } from './is-plugin.ts'
import { pluginIn, pluginInstallStore } from './stores/plugin-install.ts'
import { pluginsText } from './texts.ts'
import { useInstall } from './use-install.ts'

/** Shows the actions that are possible on an installed plug-in. */
export function PluginActions({ plugin }: { plugin: Plugin }) {
  const { say } = useWords()
  const plugins = useStore(pluginsStore)
  const view = useStore(viewStore)
  const pluginInstall = useStore(pluginInstallStore)
  const isChanging = useStoreState(pluginsStore, (state) => state.changing.has(plugin.name))
  const isUpload = useStoreState(environmentStore, (state) => state.host === 'browser')
  const install = useInstall()
  const { name, status, configuration, origin } = plugin
  const agree = () => view.getState().openDialog({ kind: 'agreePlugin', plugin: name })
  const enable = async () => {
    if ((await plugins.getState().enablePlugin(name)) === 'agreement') agree()
  }
  const updateFrom = {
    receive: (chosen: string, files: File[]) => {
      view.getState().openDialog({ kind: 'installPlugin' })
      return pluginInstall.getState().receive(chosen, files)
    },
    onFile: (file: ChosenFile) => install(pluginIn(file, isUpload), configuration),
  }
  return (
    <>
      {status === 'Disabled' && (
        <Button variant="primary" disabled={isChanging} onClick={() => void enable()}>
          {say(pluginsText.action.enable)}
        </Button>
      )}
      {status === 'Waiting for agreement' && (
        <Button variant="primary" disabled={isChanging} onClick={agree}>
          {say(pluginsText.action.lookAndAgree)}
        </Button>
      )}
      {status !== 'Disabled' && (
        <Button disabled={isChanging} onClick={() => void plugins.getState().disablePlugin(name)}>
          {say(pluginsText.action.disable)}
        </Button>
      )}
      {origin !== null && (
        <Button
          disabled={isChanging}
          onClick={() => install({ source: { plugin: name }, name: fileNameOf(origin), isUpload: false }, configuration)}
        >
          {say(pluginsText.action.checkForChanges)}
        </Button>
      )}
      {isPluginFile(plugin.source) ? (
        <FilePicker kind="plugin" label={say(pluginsText.action.updateFromFile)} accept={PLUGIN_FILES} {...updateFrom} />
      ) : (
        <FilePicker kind="pluginFolder" label={say(pluginsText.action.updateFromFolder)} {...updateFrom} />
      )}
      <Menu.Root>
        <Menu.Trigger className="ui-button ui-button-plain" disabled={isChanging}>
          {say(pluginsText.action.more)}
          <ChevronDown size={13} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="ui-layer" sideOffset={4} align="end">
            <Menu.Popup className="ui-popup">
              <Menu.CheckboxItem
                className="ui-item"
                checked={plugin.isDeveloped}
                disabled={origin === null}
                onCheckedChange={(isDeveloped) => void plugins.getState().developPlugin(name, isDeveloped)}
              >
                <span className="ui-item-check">
                  <Menu.CheckboxItemIndicator>✓</Menu.CheckboxItemIndicator>
                </span>
                <span>
                  {say(pluginsText.action.develop)}
                  <span className="ui-item-description">{say(pluginsText.action.developMeaning)}</span>
                </span>
              </Menu.CheckboxItem>
              <Menu.Separator className="ui-separator" />
              <Menu.Item className="ui-item" onClick={() => view.getState().openDialog({ kind: 'removePlugin', plugin: name })}>
                {say(pluginsText.action.remove)}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  )
}
