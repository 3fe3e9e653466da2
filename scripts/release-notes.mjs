/**
 * `npm run release-notes -- v1.2.3`: prints what CHANGELOG.md says about this version. Fails when the tag is not the version in
 * package.json, or when its section is missing, empty or without a date.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, ROOT } from './setup.mjs'

const tag = process.argv[2] ?? giveUp('Which tag? For example: npm run release-notes -- v1.2.3')
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
if (tag !== `v${version}`) giveUp(`The tag is ${tag}, but package.json says ${version}.`)

const [heading, ...lines] = sectionOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version)
if (!/^## \S+ \(\d{4}-\d{2}-\d{2}\)$/.test(heading))
  giveUp(`CHANGELOG.md has no date for ${version}: "${heading}" should read "## ${version} (2026-01-31)".`)
const notes = lines.join('\n').trim()
if (notes === '') giveUp(`CHANGELOG.md says nothing about ${version}.`)
console.log(notes)

/** Returns the lines from the version's heading to the next one. */
function sectionOf(changelog, wanted) {
  const all = changelog.split('\n')
  const start = all.findIndex((line) => line.startsWith(`## ${wanted} `))
  if (start < 0) giveUp(`CHANGELOG.md has no section "## ${wanted}".`)
  const length = all.slice(start + 1).findIndex((line) => line.startsWith('## '))
  return all.slice(start, length < 0 ? undefined : start + 1 + length)
}
