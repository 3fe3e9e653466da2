import { useCallback } from 'react'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { pluginInstallStore } from './stores/plugin-install.ts'

interface Given {
  configuration?: string
  isUpload?: boolean
}

/** Returns a function that lets the host check a plug-in and shows the result before anything is installed. */
export function useInstall(): (path: string, given?: Given) => void {
  const view = useStore(viewStore)
  const pluginInstall = useStore(pluginInstallStore)
  const environment = useStore(environmentStore)
  return useCallback(
    (path, given) => {
      if (environment.getState().info === null) {
        pluginInstall.getState().wait(path, given?.isUpload ?? false)
        view.getState().openDialog({ kind: 'newEnvironment', sample: false })
        return
      }
      view.getState().openDialog({ kind: 'installPlugin' })
      void pluginInstall.getState().begin(path, given)
    },
    [view, pluginInstall, environment],
  )
}
