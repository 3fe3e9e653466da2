import type { Session, WebContents, WebRequest } from 'electron'

/** What we need of Electron's app. */
interface ContentsSource {
  on(event: 'web-contents-created', listener: (event: unknown, contents: WebContents) => void): unknown
}

/** Forbids every page to navigate away and to open windows or embedded views. */
export function lockDown(app: ContentsSource): void {
  app.on('web-contents-created', (_, contents) => lockDownContents(contents))
}

function lockDownContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

type Grants = Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>

/** The only permission that the page gets: writing to the clipboard, for copying ids. */
const ALLOWED = 'clipboard-sanitized-write'

export function denyPermissions(session: Grants): void {
  session.setPermissionRequestHandler((_, permission, answer) => answer(permission === ALLOWED))
  session.setPermissionCheckHandler((_, permission) => permission === ALLOWED)
  session.setDevicePermissionHandler(() => false)
}

/**
 * Blocks every request but those for the app's own files, whatever the page's policy allows: the second line behind that policy, and the
 * only one for what Chromium itself fetches. While developing, the inspector may load itself.
 */
export function blockRequests(requests: Pick<WebRequest, 'onBeforeRequest'>, isPackaged: boolean): void {
  const allowed = isPackaged ? ['app:'] : ['app:', 'devtools:']
  requests.onBeforeRequest(({ url }, answer) => answer({ cancel: !allowed.some((scheme) => url.startsWith(scheme)) }))
}
