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
  const switches = rest.filter((argument) => argument.startsWith('-'))
  const files = rest.filter((argument) => !argument.startsWith('-'))
  const electron = wantsBrowser ? { reason: 'you asked for the browser' } : electronFor(switches)
  if (electron.path === undefined) return serve(electron.reason, rest)
  const { code, durationMs } = await run(electron.path, [...switches, '.', ...files], { stdio: 'inherit', env: environmentFor(node) })
  return code !== 0 && code !== 130 && durationMs < OPENED_AFTER_MS ? serve(`Electron ended at once with code ${code}`, rest) : code
}

/** Chromium's sandbox refuses to start for root. Whoever wants the window without it must say so. */
function electronFor(switches) {
  if (process.getuid?.() === 0 && !switches.includes('--no-sandbox'))
    return { reason: 'the window would need --no-sandbox for root (npm start -- --no-sandbox)' }
  return ensureElectron(node)
}

async function serve(reason, args) {
  say(`Opening in the browser, because ${reason}`)
  const flags = ['--disable-warning=ExperimentalWarning', 'main/browser/serve.ts']
  const { code } = await run(node, [...flags, ...args], { stdio: 'inherit', env: environmentFor(node) })
  return code
}
