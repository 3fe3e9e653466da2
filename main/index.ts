import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, shell, session as webSession } from 'electron'
import { logRemark } from '#text/log'
import { createAnswerCall } from './ipc/answer-call.ts'
import type { Dialogs } from './ipc/method.ts'
import { paceEvents } from './ipc/paced-events.ts'
import { rendererFolder } from './pages/renderer-file.ts'
import { type AppSession, defaultFolderOf } from './session/app-session.ts'
import { usualDataFolder } from './session/data-folder.ts'
import { openSession } from './session/open-session.ts'
import { appScheme, serveAppProtocol } from './shell/app-protocol.ts'
import { closeBeforeQuit } from './shell/close-before-quit.ts'
import { nativeDialogs } from './shell/dialogs.ts'
import { blockRequests, denyPermissions, lockDown } from './shell/lock-down.ts'
import { followLostPage } from './shell/lost-page.ts'
import { menuTemplate } from './shell/menu.ts'
import { followOpenedFiles, isEnvironmentFile, type OpenedFiles } from './shell/opened-files.ts'
import { sendEvent, serveIpc } from './shell/serve-ipc.ts'
import { openWindow } from './shell/window.ts'

/** Electron's composition root, the only file that uses values from Electron. It passes them on as typed arguments, so that the rest can be tested without Electron. */

const currentWindow = (): BrowserWindow | null => BrowserWindow.getAllWindows()[0] ?? null

app.enableSandbox()
// The same folder as the command line's, so that an agreement to a plug-in holds for both.
if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', usualDataFolder())
protocol.registerSchemesAsPrivileged([appScheme])
lockDown(app)

// Two apps with the same environment would both run its jobs.
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  const session = openSession({ dataFolder: app.getPath('userData'), host: 'electron' })
  const files = followOpenedFiles(app, process.argv, process.cwd())
  const quitting = closeBeforeQuit(app, () => session.shutDown())
  app.on('window-all-closed', () => app.quit())
  app.on('second-instance', () => {
    const window = currentWindow()
    if (window?.isMinimized()) window.restore()
    window?.show()
    window?.focus()
  })
  // Chromium starts these again by itself. Threads of the environment are started again by the workbench.
  app.on('child-process-gone', (_, { type, reason }) => logRemark(`A process of Chromium has ended: ${type}, ${reason}.`))
  if (app.commandLine.hasSwitch('no-sandbox')) logRemark('Running without the sandbox of Chromium, as --no-sandbox asks for.')
  // Not awaited at the top level, because Electron becomes ready only after this module has been evaluated.
  void app.whenReady().then(() => open(session, files, (window) => quitting.hold(window)))
}

async function open(session: AppSession, files: OpenedFiles, hold: (window: BrowserWindow) => void): Promise<void> {
  const dataFolder = app.getPath('userData')
  const dialogs = nativeDialogs(dialog, currentWindow, defaultFolderOf(dataFolder))
  denyPermissions(webSession.defaultSession)
  blockRequests(webSession.defaultSession.webRequest, app.isPackaged)
  serveAppProtocol(protocol, rendererFolder())
  serveIpc(ipcMain, createAnswerCall({ session, dialogs, isUpload: () => false }), session.files)
  const events = paceEvents((message) => {
    const window = currentWindow()
    if (window) sendEvent(window.webContents, message)
  })
  session.subscribe(events.accept)
  Menu.setApplicationMenu(buildMenu(session, dialogs))

  const file = files.takeFirst()
  const isEnvironment = file !== undefined && isEnvironmentFile(file)
  await (isEnvironment ? session.open(file) : session.start()).catch(showFailure)
  await openWindow({
    create(options) {
      const window = new BrowserWindow(options)
      followLostPage(window, dialog)
      hold(window)
      return window
    },
    screens: screen.getAllDisplays().map(({ workArea }) => workArea),
    dataFolder,
    preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
    isPackaged: app.isPackaged,
  })
  if (file !== undefined && !isEnvironment) session.requestOpen(file)
  files.listen((path) => session.requestOpen(path))
}

function buildMenu(session: AppSession, dialogs: Dialogs): Menu {
  const choose = (kind: Parameters<Dialogs['chooseOpen']>[0]['kind']) => async () => {
    const path = await dialogs.chooseOpen({ kind })
    if (path !== null) session.requestOpen(path)
  }
  const actions = {
    openEnvironment: choose('environment'),
    importFile: choose('import'),
    importFolder: choose('importFolder'),
    async showEnvironmentInFolder() {
      const { environment } = await session.info()
      if (environment) shell.showItemInFolder(environment.path)
    },
  }
  return Menu.buildFromTemplate(menuTemplate(actions, { isMac: process.platform === 'darwin', isPackaged: app.isPackaged }))
}

/** Shows why an environment could not be opened. The window opens anyway, with the list of recent environments. */
function showFailure(error: Error): void {
  dialog.showErrorBox('This environment cannot be opened', error.message)
}
