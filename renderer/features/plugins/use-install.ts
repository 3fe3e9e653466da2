import { useCallback } from 'react'
import { environmentStore } from '../../frame/stores/environment.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { type GivenPlugin, pluginInstallStore } from './stores/plugin-install.ts'

/** Returns a function that lets the host check a plug-in and shows the result before anything is installed. */
export function useInstall(): (given: GivenPlugin, configuration?: string) => void {
  const view = useStore(viewStore)
  const pluginInstall = useStore(pluginInstallStore)
  const environment = useStore(environmentStore)
  return useCallback(
    (given, configuration) => {
      if (environment.getState().info === null) {
        pluginInstall.getState().wait(given)
        view.getState().openDialog({ kind: 'newEnvironment', sample: false })
        return
      }
      view.getState().openDialog({ kind: 'installPlugin' })
      void pluginInstall.getState().begin(given, configuration)
    },
    [view, pluginInstall, environment],
  )
}
