import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright'

/** Chromium's sandbox refuses to start for root. */
export const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/microsoft-edge']

/** The browser of this machine; `CHROMIUM_PATH` wins, and Playwright's own is the last resort. */
export function chromiumOptions(): { args: string[]; executablePath?: string } {
  const executablePath = process.env.CHROMIUM_PATH ?? USUAL_PLACES.find((path) => existsSync(path))
  return {
    args: [...asRoot(), '--disable-gpu', ...QUIET],
    ...(executablePath === undefined ? {} : { executablePath }),
  }
}

export const startChromium = (): Promise<Browser> => chromium.launch(chromiumOptions())
