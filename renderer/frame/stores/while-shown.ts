import { useEffect } from 'react'
import { type StoreKey, useStore } from '../stores-context.ts'

/** What follows the changes of the environment only while a view has it on screen. */
export interface Shown {
  /** A view is on screen until it calls the returned function. Reads what changed while there was none. */
  show(): () => void
}

/** Calls `read` at each change while a view is on screen; changes meanwhile are read once, when a view comes back. */
export function whileShown(read: () => void): Shown & { changed(): void } {
  let views = 0
  let isOutdated = false
  return {
    changed() {
      if (views > 0) read()
      else isOutdated = true
    },
    show() {
      views += 1
      if (isOutdated) {
        isOutdated = false
        read()
      }
      return () => {
        views -= 1
      }
    },
  }
}

/** Says that the component shows a store, as long as it is on screen. */
export function useShown(key: StoreKey<Shown>): void {
  const store = useStore(key)
  useEffect(() => store.show(), [store])
}
