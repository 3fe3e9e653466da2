import { useCallback, useEffect } from 'react'
import type { ChosenFile } from '#contract'
import type { ErrorData } from '#engine/contract/errors'
import type { Message } from '#text/message'
import { isPlugin, isPluginFile } from '../features/plugins/is-plugin.ts'
import { pluginIn, pluginInstallStore } from '../features/plugins/stores/plugin-install.ts'
import { useInstall } from '../features/plugins/use-install.ts'
import { transferStore } from '../features/transfer/stores/transfer.ts'
import { activityStore } from '../frame/stores/activity.ts'
import { environmentStore } from '../frame/stores/environment.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { droppedFiles } from './dropped-files.ts'
import { shellText } from './texts.ts'

/** Says that a file was not opened, and why if that is known. */
const notOpened = ({ name }: ChosenFile, error: ErrorData | null): Message =>
  error === null ? shellText.notOpened({ file: name }) : shellText.notOpenedSince({ file: name, reason: error.text ?? error.message })

const isEnvironment = (name: string): boolean => name.toLowerCase().endsWith('.cascade')

/** Returns a function that opens the screen or dialog for a file. */
function useBringInFile(): (file: ChosenFile) => Promise<void> {
  const transfer = useStore(transferStore)
  const environment = useStore(environmentStore)
  const view = useStore(viewStore)
  const activity = useStore(activityStore)
  const install = useInstall()
  return useCallback(
    async (file: ChosenFile) => {
      if (isPluginFile(file.name)) return install(pluginIn(file))
      if (isEnvironment(file.name)) {
        transfer.getState().startAgain()
        if (!(await environment.getState().open(file)) && environment.getState().status === 'open') {
          activity.getState().announce(notOpened(file, environment.getState().error))
        }
        return
      }
      if (environment.getState().info === null) {
        transfer.getState().wait(file)
        view.getState().openDialog({ kind: 'newEnvironment', sample: false })
        return
      }
      view.getState().closeDialog()
      view.getState().go({ screen: 'import' })
      await transfer.getState().inspect(file)
    },
    [transfer, environment, view, activity, install],
  )
}

/** Handles files that the menu or the operating system asks to open. */
export function useOpenRequests(): void {
  const transfer = useStore(transferStore)
  const openRequested = useStoreState(transferStore, (state) => state.openRequested)
  const bringInFile = useBringInFile()
  useEffect(() => {
    if (openRequested === null) return
    transfer.setState({ openRequested: null })
    void bringInFile(openRequested)
  }, [transfer, openRequested, bringInFile])
}

/** Returns a function that handles dropped files. Electron knows a folder's path; in the browser a folder is read file by file. */
export function useBringIn(): (dropped: DataTransfer) => Promise<void> {
  const transfer = useStore(transferStore)
  const environment = useStore(environmentStore)
  const view = useStore(viewStore)
  const pluginInstall = useStore(pluginInstallStore)
  const bringInFile = useBringInFile()
  const install = useInstall()
  const { say } = useWords()
  return useCallback(
    async (dropped) => {
      // Read before anything is awaited, because dropped data is only available during the event.
      const whole = [...dropped.files]
      const isUpload = environment.getState().host === 'browser'
      const files = isUpload ? droppedFiles(dropped, say(shellText.droppedFiles)) : Promise.resolve(whole)
      const isOfPlugin = isPlugin(dropped)
      if (whole.length === 0) return
      const onPlugins = view.getState().location.screen === 'plugins' && !whole.some(({ name }) => isEnvironment(name))
      if ((await isOfPlugin) || onPlugins) {
        if (environment.getState().info !== null) view.getState().openDialog({ kind: 'installPlugin' })
        const file = await pluginInstall.getState().receive(whole[0]?.name ?? '', files)
        if (file !== null) install(pluginIn(file, isUpload))
        return
      }
      if (environment.getState().info !== null && !whole.every((file) => isEnvironment(file.name))) view.getState().go({ screen: 'import' })
      const file = await transfer.getState().receive(whole[0]?.name ?? '', files)
      if (file !== null) await bringInFile(file)
    },
    [transfer, environment, view, pluginInstall, bringInFile, install, say],
  )
}
