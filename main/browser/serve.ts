import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { logLine, logRemark } from '#text/log'
import { type BrowserHost, startBrowserHost } from './index.ts'

/** `node main/browser/serve.ts [environment] [--port 8080] [--data-folder path] [--no-open]`: the app in a browser, until Ctrl+C. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: { port: { type: 'string' }, 'data-folder': { type: 'string' }, open: { type: 'boolean', default: true } },
})
const [environment] = positionals

try {
  const host = await startBrowserHost({
    open: values.open && hasDisplay(),
    ...(environment === undefined ? {} : { environment: resolve(environment) }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values['data-folder'] === undefined ? {} : { dataFolder: resolve(values['data-folder']) }),
  })
  logLine(`Cascade Workbench: ${host.url}`)
  if (process.stdin.isTTY) offerNewLinks(host)
  closeOnSignal(host)
} catch (error) {
  logRemark(`Cascade Workbench could not start. ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Prints a new link whenever Enter is pressed, since each link works once. */
function offerNewLinks(host: BrowserHost): void {
  createInterface({ input: process.stdin }).on('line', () => logLine(`Cascade Workbench: ${host.newLink()}`))
}

/** Closes the host on the first signal, and ends the process at once on the second. */
function closeOnSignal(host: BrowserHost): void {
  let isClosing = false
  const close = () => {
    if (isClosing) process.exit(130)
    isClosing = true
    void host.close().finally(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close)
}
