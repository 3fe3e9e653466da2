/** Finds or installs the browser for the end-to-end tests. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { commandOf, environmentFor, ROOT, say } from './setup.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable']
const WELL_KNOWN = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable]
    return folder ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')] : []
  }),
]

/** Returns a Chromium, Chrome or Edge of this machine; `CHROMIUM_PATH` takes precedence. */
export function findChromium() {
  const onPath = NAMES.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
  return [process.env.CHROMIUM_PATH ?? '', ...onPath, ...WELL_KNOWN].find((path) => path !== '' && isProgram(path)) ?? null
}

/** Returns the path of a browser, and installs one if necessary; null if that fails. */
export function ensureChromium(node) {
  return findChromium() ?? ofPlaywright(node) ?? fromDistribution() ?? fromPlaywright(node)
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Returns the browser that `playwright install` installed earlier. */
function ofPlaywright(node) {
  const asked = spawnSync(node, ['-p', 'require("playwright").chromium.executablePath()'], { cwd: ROOT, encoding: 'utf8' })
  const path = asked.stdout?.trim() ?? ''
  return path !== '' && isProgram(path) ? path : null
}

function fromDistribution() {
  const isRoot = process.getuid?.() === 0
  const isDebian = existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  if (!isRoot || !isDebian) return null
  say('Installing Chromium for the end-to-end tests (apt-get install chromium)')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quietly = { env, stdio: ['ignore', 'ignore', 'inherit'] }
  spawnSync('apt-get', ['update', '-qq'], quietly)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], quietly)
  return findChromium()
}

function fromPlaywright(node) {
  say('Installing Chromium for the end-to-end tests (playwright install chromium)')
  spawnSync(node, [commandOf('playwright'), 'install', 'chromium'], {
    cwd: ROOT,
    env: environmentFor(node),
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 600_000,
  })
  return ofPlaywright(node)
}
