import { logError } from '#text/log'

/** What we need of Electron's app. */
interface Quitting {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
  quit(): void
}

/** What we need of a window. */
interface Closing {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown
}

/**
 * Delays quitting until `close` has settled: the current batch is committed, and its job continues at the next start. A held window stays
 * open meanwhile, and closing it quits the app.
 */
export function closeBeforeQuit(app: Quitting, close: () => Promise<void>): { hold(window: Closing): void } {
  let state: 'open' | 'closing' | 'closed' = 'open'
  const delay = (event: { preventDefault(): void }) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void close()
      .catch((error) => logError(error))
      .finally(() => {
        state = 'closed'
        app.quit()
      })
  }
  app.on('will-quit', delay)
  return { hold: (window) => void window.on('close', delay) }
}
