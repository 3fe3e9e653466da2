import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inEnglish } from '#text/english'
import { sessionText } from '#text/english/session'
import { logLine, logRemark } from '#text/log'
import type { EventMessage } from '../../preload/wire.ts'
import { rendererFolder } from '../pages/renderer-file.ts'
import { type AppSession, defaultFolderOf } from '../session/app-session.ts'
import { usualDataFolder } from '../session/data-folder.ts'
import { openSession } from '../session/open-session.ts'
import { readLastAddress, writeLastAddress } from './last-address.ts'
import { openSystemBrowser } from './open-system-browser.ts'
import { type BrowserHost, serveSession } from './serve-session.ts'
import { DEFAULT_UPLOAD_LIMITS } from './uploads.ts'

export type { BrowserHost } from './serve-session.ts'

export interface BrowserHostOptions {
  /** The file to open. @default the last one; the sample at the first start */
  environment?: string
  /** @default a free one */
  port?: number
  /** Whether to open the system's browser. @default false */
  open?: boolean
  /** Folder of the recent list and of environments that the app creates. @default the user's application data */
  dataFolder?: string
}

/** Serves the app on 127.0.0.1: the same renderer and the same methods as in Electron's window. */
export async function startBrowserHost(options: BrowserHostOptions = {}): Promise<BrowserHost> {
  const dataFolder = options.dataFolder ?? usualDataFolder()
  if (!existsSync(join(rendererFolder(), 'index.html'))) {
    throw new Error(`The app's window is not built: ${rendererFolder()} has no index.html. Run "npm run build" first.`)
  }
  const session = openSession({ dataFolder, host: 'browser' })
  session.subscribe(sayClosing)
  try {
    await openFirstEnvironment(session, options.environment)
    const host = await serveSession(session, {
      port: options.port ?? 0,
      last: readLastAddress(dataFolder),
      rendererFolder: rendererFolder(),
      environmentsFolder: defaultFolderOf(dataFolder),
      uploadLimits: DEFAULT_UPLOAD_LIMITS,
    })
    writeLastAddress(dataFolder, host.address)
    if (options.open) openSystemBrowser(host.newLink())
    return host
  } catch (error) {
    await session.shutDown()
    throw error
  }
}

/** Opens the first environment. A named one must open; if the last one is missing or damaged, the app starts without an environment. */
async function openFirstEnvironment(session: AppSession, path: string | undefined): Promise<void> {
  if (path !== undefined) await session.open(path)
  else await session.start().catch((error) => logRemark(`No environment is open: ${error.message}`))
}

function sayClosing(message: EventMessage): void {
  if (message.event !== 'closing') return
  const work = message.data.waitsFor.map(inEnglish).join(', ')
  logLine(inEnglish(sessionText.closingWaits({ work })))
}
