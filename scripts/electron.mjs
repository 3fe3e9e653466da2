/** Decides whether the Electron window can be opened here, and downloads Electron's binary if it is missing. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, environmentFor, ROOT, say } from './setup.mjs'

const FOLDER = join(ROOT, 'node_modules', 'electron')

/** Returns Electron's program, or the reason why the app opens in the browser instead. */
export function ensureElectron(node) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { reason: 'there is no display' }
  const present = findElectron()
  if (present !== null) return { path: present }
  say('Fetching Electron (once, about 120 MB)')
  const fetched = spawnSync(node, [commandOf('electron', 'install-electron')], {
    cwd: ROOT,
    env: environmentFor(node),
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 600_000,
  })
  const path = fetched.status === 0 ? findElectron() : null
  return path === null ? { reason: 'Electron could not be fetched' } : { path }
}

/** Returns Electron's program if its package has noted a complete download. */
export function findElectron() {
  const note = join(FOLDER, 'path.txt')
  if (!existsSync(note)) return null
  const path = join(FOLDER, 'dist', readFileSync(note, 'utf8'))
  return existsSync(path) ? path : null
}
