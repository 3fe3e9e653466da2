import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, chromium, type Page } from 'playwright'
import { expect } from 'playwright/test'
import { ROOT } from '../../support/repository.ts'
import { asRoot } from './chromium.ts'
import type { Order } from './stand-in/electron.ts'

/** Electron's program, or `null` where only its package is installed. Asking the package itself would start a download. */
export function installedElectron(): string | null {
  const folder = join(ROOT, 'node_modules', 'electron')
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const program = join(folder, 'dist', readFileSync(note, 'utf8'))
  return existsSync(program) ? program : null
}

export interface ElectronApp {
  page: Page
  /** Says what the next of the system's dialogs answers, in the form in which Electron does. */
  answerDialog(answer: { filePaths: string[] } | { filePath: string; canceled: boolean } | { response: number }): Promise<void>
  /** Closes the window as a person does, and waits until the app has ended. */
  closeWindow(): Promise<void>
  close(): Promise<void>
}

/** Starts the built app in Electron, or over its stand-in where its binary is not there. */
export function startElectron(dataFolder: string, files: string[] = []): Promise<ElectronApp> {
  const program = installedElectron()
  return program === null ? startOverStandIn(dataFolder, files) : startProgram(program, dataFolder, files)
}

async function startProgram(executablePath: string, dataFolder: string, files: string[]): Promise<ElectronApp> {
  const app = await _electron.launch({ executablePath, args: [...asRoot(), `--user-data-dir=${dataFolder}`, ROOT, ...files] })
  await app.evaluate(({ dialog }) => {
    const answers: unknown[] = []
    const next = async () => answers.shift() as never
    Object.assign(dialog, { showOpenDialog: next, showSaveDialog: next, showMessageBox: next, answers })
  })
  return {
    page: await app.firstWindow(),
    answerDialog: (answer) =>
      app.evaluate(({ dialog }, given) => void (dialog as never as { answers: unknown[] }).answers.push(given), answer),
    async closeWindow() {
      const ended = app.waitForEvent('close')
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
      await ended
    },
    close: () => app.close(),
  }
}

async function startOverStandIn(dataFolder: string, files: string[]): Promise<ElectronApp> {
  const standIn = new URL('./stand-in/register.ts', import.meta.url).href
  const note = join(dataFolder, 'chromium', 'DevToolsActivePort')
  rmSync(note, { force: true })
  const child = fork(join(ROOT, 'out', 'main', 'index.js'), [`--user-data-dir=${dataFolder}`, ...files], {
    cwd: ROOT,
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', standIn],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const page = await pageOf(child, note)
  const ended = once(child, 'exit')
  const tell = (order: Order) => void child.send(order)
  const closeWindow = async () => {
    if (child.connected) tell({ closeWindow: true })
    await ended
  }
  return { page, answerDialog: async (answer) => tell({ answer }), closeWindow, close: closeWindow }
}

/** Connects to the page of the stand-in's window, through the port that Chromium notes in its folder. */
async function pageOf(child: ChildProcess, note: string): Promise<Page> {
  await expect
    .poll(() => {
      if (child.exitCode !== null) throw new Error(`The app ended with ${child.exitCode} before its window opened`)
      return existsSync(note)
    })
    .toBe(true)
  const [port] = readFileSync(note, 'utf8').split('\n')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const [context] = browser.contexts()
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
  if (page === undefined) throw new Error('The stand-in has no window')
  await page.waitForURL('https://workbench.stand-in/**')
  return page
}
