import { useCallback } from 'react'
import { useStores } from '../../frame/stores-context.ts'

interface Given {
  configuration?: string
  isUpload?: boolean
}

/** Returns a function that lets the host check a plug-in and shows the result before anything is installed. */
export function useInstall(): (path: string, given?: Given) => void {
  const { view, pluginInstall, environment } = useStores()
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
