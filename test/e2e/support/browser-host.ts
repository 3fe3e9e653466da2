import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../../support/repository.ts'

export interface HostProcess {
  /** Opens the app once. */
  url: string
  /** Asks the host to close, and waits until it has. */
  close(): Promise<void>
  /** Sends the process a signal: `SIGSTOP` lets it stand still, `SIGCONT` go on. */
  signal(signal: NodeJS.Signals): void
  /** Ends the process at once, as a crash does. */
  kill(): Promise<void>
}

/** Starts the app as `npm start` does without Electron, in a process of its own. */
export async function startBrowserHostProcess(dataFolder: string, args: string[] = []): Promise<HostProcess> {
  const program = ['--disable-warning=ExperimentalWarning', join('main', 'browser', 'serve.ts')]
  const child = spawn(process.execPath, [...program, '--no-open', '--data-folder', dataFolder, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (text) => {
    complaints += text
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\S+/.exec(line) ?? []
    if (url !== undefined)
      return { url, close: () => end(child, 'SIGTERM'), signal: (signal) => void child.kill(signal), kill: () => end(child, 'SIGKILL') }
  }
  throw new Error(`The browser host ended before it printed its link: ${complaints}`)
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
