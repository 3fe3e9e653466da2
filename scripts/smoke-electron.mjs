/**
 * `npm run smoke`: starts the built app in its Electron window and runs the end-to-end tests of the whole app and of
 * Electron's main process there, nothing else.
 * Fails where Electron cannot run: a smoke test that did not start says nothing.
 */
import { build, needsBuild } from './build.mjs'
import { ensureElectron } from './electron.mjs'
import { commandOf, ensurePackages, environmentFor, findNode, giveUp, run, say } from './setup.mjs'

ensurePackages()
const node = findNode()
const { reason } = ensureElectron(node)
if (reason !== undefined) giveUp(`The Electron app cannot be started, because ${reason[0].toLowerCase()}${reason.slice(1)}.`)
if (needsBuild()) {
  say('Building (sources changed)')
  const { code, output } = await build(node, { stdio: 'pipe' })
  if (code !== 0) giveUp(`The build failed:\n${output}`)
}
const args = ['test', '--config', 'test/e2e/playwright.config.ts', '--project=electron', 'app.spec.ts', 'electron.spec.ts']
const { code } = await run(node, [commandOf('playwright'), ...args], { env: environmentFor(node) })
process.exitCode = code
