/** Builds the app into `out/` when something that goes into it changed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, environmentFor, ROOT, run } from './setup.mjs'

const SOURCES = ['main', 'preload', 'renderer', 'plugins', 'package.json', 'package-lock.json', 'electron.vite.config.ts']
const STAMP = join(ROOT, 'out', '.built-from')

export const needsBuild = () => !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== fingerprint()

/** Builds the app and returns the result of `run`. Remembers a successful build. */
export async function build(node, options = {}) {
  const builtFrom = fingerprint()
  const result = await run(node, [commandOf('electron-vite'), 'build'], { env: environmentFor(node), ...options })
  if (result.code === 0) {
    mkdirSync(join(ROOT, 'out'), { recursive: true })
    writeFileSync(STAMP, builtFrom)
  }
  return result
}

/** Hashes names, sizes and times of the sources instead of their content, to take only milliseconds on every start. */
function fingerprint() {
  const hash = createHash('sha256')
  const visit = (path) => {
    const status = statSync(path)
    if (!status.isDirectory()) return hash.update(`${path} ${status.size} ${status.mtimeMs}\n`)
    for (const name of readdirSync(path).sort()) visit(join(path, name))
    return hash
  }
  for (const source of SOURCES) if (existsSync(join(ROOT, source))) visit(join(ROOT, source))
  return hash.digest('hex')
}
