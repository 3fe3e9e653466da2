/** `npm start`: installs what is missing, builds what changed, and opens the app in its window or else in the browser. */
import { build, needsBuild } from './build.mjs'
import { ensureElectron } from './electron.mjs'
import { ensurePackages, environmentFor, findNode, giveUp, run, say } from './setup.mjs'

/** An Electron that ends with an error so soon never showed its window. */
const OPENED_AFTER_MS = 5_000

ensurePackages()
const node = findNode()
if (needsBuild()) {
  say('Building (sources changed)')
  const { code, output } = await build(node, { stdio: 'pipe' })
  if (code !== 0) giveUp(`The build failed:\n${output}`)
}
process.exitCode = await open(process.argv.slice(2))

async function open(args) {
  const wantsBrowser = args.includes('--browser')
  const rest = args.filter((argument) => argument !== '--browser')
  const electron = wantsBrowser ? { reason: 'you asked for the browser' } : ensureElectron(node)
  if (electron.path === undefined) return serve(electron.reason, rest)
  // Chromium's sandbox refuses to start for root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const { code, durationMs } = await run(electron.path, [...asRoot, '.', ...rest], { stdio: 'inherit', env: environmentFor(node) })
  return code !== 0 && code !== 130 && durationMs < OPENED_AFTER_MS ? serve(`Electron ended at once with code ${code}`, rest) : code
}

async function serve(reason, args) {
  say(`Opening in the browser, because ${reason}`)
  const flags = ['--disable-warning=ExperimentalWarning', 'main/browser/serve.ts']
  const { code } = await run(node, [...flags, ...args], { stdio: 'inherit', env: environmentFor(node) })
  return code
}
