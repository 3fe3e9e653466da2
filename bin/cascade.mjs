#!/usr/bin/env node
/** `cascade`, as npm puts it on the path of whoever installs the package. Plain Node, because it must start on an old one to say so. */
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `cascade needs Node 22.18 or newer, and this is ${process.versions.node}. ` +
      'Run it by "npx cascade" or from a script of package.json: a Node that will do came with the package on Linux and Windows.',
  )
  process.exitCode = 2
} else {
  await import('../out/main/cli.js')
}
