import type { BrowserWindow, Dialog, Event, RenderProcessGoneDetails } from 'electron'
import { inEnglish } from '#text/english'
import { lostPageText } from '#text/english/lost-page'
import type { Message } from '#text/message'

/** What we need of a window. */
type Page = Pick<BrowserWindow, 'on' | 'close' | 'isDestroyed'> & {
  webContents: Pick<BrowserWindow['webContents'], 'on' | 'reload' | 'forcefullyCrashRenderer'>
}

const FIRST = 0

/**
 * Offers to load the page again when its process has ended or hangs. Nothing is lost with it: environment, jobs and threads belong to
 * the main process. One question is open at a time.
 */
export function followLostPage(window: Page, dialog: Pick<Dialog, 'showMessageBox'>): void {
  const { webContents } = window
  let asking: AbortController | null = null
  /** Whether the process ends because the person chose to load a hanging page again. */
  let isReloading = false
  const ask = async (message: Message, buttons: [Message, Message]): Promise<number | null> => {
    asking?.abort()
    const question = new AbortController()
    asking = question
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: inEnglish(message),
      detail: inEnglish(lostPageText.nothingLost),
      buttons: buttons.map(inEnglish),
      defaultId: FIRST,
      cancelId: FIRST,
      noLink: true,
      signal: question.signal,
    })
    const isSettled = question.signal.aborted || window.isDestroyed()
    if (asking === question) asking = null
    return isSettled ? null : response
  }
  webContents.on('render-process-gone', async (_event: Event, { reason }: RenderProcessGoneDetails) => {
    const isWanted = isReloading || reason === 'clean-exit'
    isReloading = false
    if (isWanted || window.isDestroyed()) return
    const answer = await ask(lostPageText.gone({ reason }), [lostPageText.reload, lostPageText.quit])
    if (answer === FIRST) webContents.reload()
    else if (answer !== null) window.close()
  })
  window.on('unresponsive', async () => {
    const answer = await ask(lostPageText.hangs, [lostPageText.wait, lostPageText.reload])
    if (answer === null || answer === FIRST) return
    isReloading = true
    webContents.forcefullyCrashRenderer()
    webContents.reload()
  })
  window.on('responsive', () => asking?.abort())
}
