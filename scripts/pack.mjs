/** Before `npm pack`: builds what goes into the package, and the types that authors of plug-ins import. */
import { build, needsBuild } from './build.mjs'
import { findNode, giveUp } from './setup.mjs'
import { writeTypes } from './types.mjs'

const node = findNode()
// To stderr, since stdout is npm's: it prints the name of the package there.
const done = ({ code, output }) => {
  if (code !== 0) giveUp(`The package cannot be made:\n${output}`)
}
if (needsBuild()) done(await build(node, { stdio: 'pipe' }))
done(await writeTypes(node))
