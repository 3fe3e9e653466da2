/** What we need of Electron's app. */
interface Quitting {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
  quit(): void
}

/** Delays quitting until `close` has settled: the current batch is committed, and its job continues at the next start. */
export function closeBeforeQuit(app: Quitting, close: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void close()
      .catch((error) => console.error(error))
      .finally(() => {
        state = 'closed'
        app.quit()
      })
  })
}
