import { FileCode2, FolderInput } from 'lucide-react'
import { FilePicker } from '../../frame/FilePicker.tsx'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { PLUGIN_FILES } from './is-plugin.ts'
import { pluginIn, pluginInstallStore } from './stores/plugin-install.ts'
import { pluginsText } from './texts.ts'
import { useInstall } from './use-install.ts'

/** Buttons to install a plug-in from a folder or a file. Dropping it on the window does the same. */
export function InstallButtons() {
  const { say } = useWords()
  const pluginInstall = useStore(pluginInstallStore)
  const view = useStore(viewStore)
  const isUpload = useStoreState(environmentStore, (state) => state.host === 'browser')
  const install = useInstall()
  const receive = (name: string, files: File[]) => {
    view.getState().openDialog({ kind: 'installPlugin' })
    return pluginInstall.getState().receive(name, files)
  }
  return (
    <>
      <FilePicker
        kind="pluginFolder"
        label={say(pluginsText.action.installFromFolder)}
        variant="primary"
        icon={<FolderInput size={15} />}
        receive={receive}
        onFile={(file) => install(pluginIn(file, isUpload))}
      />
      <FilePicker
        kind="plugin"
        label={say(pluginsText.action.installFromFile)}
        icon={<FileCode2 size={15} />}
        accept={PLUGIN_FILES}
        receive={receive}
        onFile={(file) => install(pluginIn(file, isUpload))}
      />
    </>
  )
}
