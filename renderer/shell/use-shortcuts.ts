import { useEffect } from 'react'
import { environmentStore } from '../frame/stores/environment.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore } from '../frame/stores-context.ts'

/** Handles keys that work on every screen. Their actions are also in a menu or the palette. */
export function useShortcuts(): void {
  const view = useStore(viewStore)
  const environment = useStore(environmentStore)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isOpen = environment.getState().info !== null
      const command = event.ctrlKey || event.metaKey
      if (command && event.key.toLowerCase() === 'k' && isOpen) {
        event.preventDefault()
        if (view.getState().dialog.kind === 'none') view.getState().openPalette(!view.getState().paletteOpen)
      } else if (event.altKey && event.key === 'ArrowLeft') {
        event.preventDefault()
        view.getState().goBack()
      } else if (event.altKey && event.key === 'ArrowRight') {
        event.preventDefault()
        view.getState().goForward()
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [view, environment])
}
