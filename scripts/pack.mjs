/**
 * `npm run pack`: builds what goes into the npm package and the types that authors of plug-ins import, and packs them. Not a `prepack`
 * script, because npm runs no scripts by itself here.
 */
import { build, needsBuild } from './build.mjs'
import { environmentFor, findNode, giveUp, run } from './setup.mjs'
import { writeTypes } from './types.mjs'

const node = findNode()
const done = ({ code, output }) => {
  if (code !== 0) giveUp(`The package cannot be made:\n${output}`)
}
if (needsBuild()) done(await build(node, { stdio: 'pipe' }))
done(await writeTypes(node))

const { code } = await run('npm', ['pack', ...process.argv.slice(2)], { env: environmentFor(node), shell: process.platform === 'win32' })
process.exitCode = code
