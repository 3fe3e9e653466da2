/**
 * `npm run package`: builds the app and makes the installers of this system in `dist/`. electron-builder is fetched for it: it
 * brings hundreds of packages that only a release needs. Its version stands here.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensurePackages, environmentFor, findNode, giveUp, ROOT, run, say } from './setup.mjs'

const BUILDER = 'electron-builder@26.17.0'

ensurePackages()
const node = findNode()
say('Building')
const built = await build(node, { stdio: 'pipe' })
if (built.code !== 0) giveUp(`The build failed:\n${built.output}`)

rmSync(join(ROOT, 'dist'), { recursive: true, force: true })
say(`Packaging with ${BUILDER}`)
const { code } = await run('npx', ['--yes', BUILDER, '--publish', 'never'], {
  env: environmentFor(node),
  shell: process.platform === 'win32',
})
process.exitCode = code
