import { useCallback, useEffect } from 'react'
import { useApp, useStores } from '../app/stores-context.ts'
import { fileNameOf } from '../ui/format.ts'

const isEnvironment = (path: string): boolean => path.toLowerCase().endsWith('.cascade')

/** Takes a path, wherever it comes from, to the screen that deals with it. */
function useBringInPath(): (path: string) => Promise<void> {
  const { transfer, environment, view, activity } = useStores()
  return useCallback(
    async (path: string) => {
      if (isEnvironment(path)) {
        transfer.getState().startAgain()
        if (!(await environment.getState().open(path)) && environment.getState().status === 'open') {
          activity.getState().announce(`${fileNameOf(path)} was not opened: ${environment.getState().error?.message ?? ''}`)
        }
        return
      }
      if (environment.getState().info === null) {
        view.getState().openDialog({ kind: 'newEnvironment', sample: false })
        activity.getState().announce('Create or open an environment first, then drop the file again: a solution is imported into one.')
        transfer.getState().startAgain()
        return
      }
      view.getState().closeDialog()
      view.getState().go({ screen: 'import' })
      await transfer.getState().inspect(path)
    },
    [transfer, environment, view, activity],
  )
}

/** Follows what comes in from outside the window: from the menu, or opened with the app. */
export function useOpenRequests(): void {
  const { transfer } = useStores()
  const openRequested = useApp('transfer', (state) => state.openRequested)
  const bringInPath = useBringInPath()
  useEffect(() => {
    if (openRequested === null) return
    transfer.setState({ openRequested: null })
    void bringInPath(openRequested)
  }, [transfer, openRequested, bringInPath])
}

/** Takes dropped or chosen files. */
export function useBringIn(): (files: File[]) => Promise<void> {
  const { transfer, environment, view } = useStores()
  const bringInPath = useBringInPath()
  return useCallback(
    async (files) => {
      if (files.length === 0) return
      if (environment.getState().info !== null && !files.every((file) => isEnvironment(file.name))) view.getState().go({ screen: 'import' })
      const path = await transfer.getState().receive(files)
      if (path !== null) await bringInPath(path)
    },
    [transfer, environment, view, bringInPath],
  )
}
