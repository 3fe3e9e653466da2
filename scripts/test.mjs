/**
 * `npm test`: brings what is missing, then runs every check, all of them even when one fails. Names of steps as arguments
 * choose some of them: `npm test -- types unit`. `npm run check` is the three quick ones.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, needsBuild } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { commandOf, ensurePackages, environmentFor, findNode, giveUp, ROOT, run, say } from './setup.mjs'

const STEPS = [
  ['types', 'type check', checkTypes],
  ['lint', 'lint', lint],
  ['unit', 'unit tests', () => runVitest(['unit'])],
  [
    'engine',
    'integration, property, crash, attack and plug-in tests',
    () => runVitest(['integration', 'property', 'crash', 'attack', 'plugins']),
  ],
  ['build', 'build', buildApp],
  ['e2e', 'end-to-end tests', runPlaywright],
]

/** Tests start hundreds of programs from their sources. What Node has compiled once it finds here again: each starts in half the time. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compiled') }

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !STEPS.some(([step]) => step === name))
if (unknown.length > 0) giveUp(`No step is called ${unknown.join(', ')}. Steps are: ${STEPS.map(([name]) => name).join(', ')}.`)

ensurePackages()
const node = findNode()

const total = { passed: 0, failed: 0, skipped: 0 }
const flaky = []
for (const [name, title, step] of STEPS) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  say(`${title} …`)
  const startedMs = Date.now()
  const counts = await step()
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0
  flaky.push(...(counts.flaky ?? []))
  say(`${title}: ${sentence(counts)} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`)
}
for (const spec of flaky) say(`Passed only on retry, to be fixed: ${spec}`)
console.log(sentence(total))
process.exitCode = total.failed === 0 ? 0 : 1

function sentence({ passed = 0, failed = 0, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function checkTypes() {
  return asOneTest(run(node, [commandOf('typescript', 'tsc'), '--noEmit'], { stdio: ['ignore', 'pipe', 'pipe'] }))
}

function lint() {
  return asOneTest(run(node, [commandOf('@biomejs/biome', 'biome'), 'check', '.'], { stdio: ['ignore', 'pipe', 'pipe'] }))
}

function buildApp() {
  if (!needsBuild()) return { passed: 1 }
  return asOneTest(build(node, { stdio: ['ignore', 'pipe', 'pipe'] }))
}

/** Its output is worth reading only when it failed. */
async function asOneTest(running) {
  const { code, output } = await running
  if (code === 0) return { passed: 1 }
  console.log(output.trim())
  return { failed: 1 }
}

async function runVitest(projects) {
  const report = freshReport(`vitest-${projects[0]}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const args = ['run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await run(node, [commandOf('vitest'), ...args], { env: environmentFor(node, COMPILED) })
  return fromReport(code, report, ({ testResults }) => {
    const statuses = testResults.flatMap((file) => {
      const ownStatuses = file.assertionResults.map((test) => test.status)
      const brokeOutsideTests = file.status === 'failed' && !ownStatuses.includes('failed')
      return brokeOutsideTests ? [...ownStatuses, 'failed'] : ownStatuses
    })
    const count = (...wanted) => statuses.filter((status) => wanted.includes(status)).length
    return { passed: count('passed'), failed: count('failed'), skipped: statuses.length - count('passed', 'failed') }
  })
}

async function runPlaywright() {
  const browser = ensureChromium(node)
  if (browser === null) {
    say('End-to-end tests cannot run: no Chromium, Chrome or Edge was found, and none could be installed.')
    return { failed: 1 }
  }
  const report = freshReport('playwright.json')
  const env = environmentFor(node, { ...COMPILED, CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report })
  const args = ['test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list,json']
  const { code } = await run(node, [commandOf('playwright'), ...args], { env })
  return fromReport(code, report, ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    flaky: flakySpecs(suites),
  }))
}

/** Where each spec stands that failed first and passed when it was tried again. */
function flakySpecs(suites = []) {
  return suites.flatMap(({ specs = [], suites: inner }) => [
    ...specs.flatMap(({ file, line, title, tests }) =>
      tests.filter(({ status }) => status === 'flaky').map(({ projectName }) => `test/e2e/${file}:${line} ${title} (${projectName})`),
    ),
    ...flakySpecs(inner),
  ])
}

/** Outside `test-results`' reach of Playwright, which empties its own output folder. */
function freshReport(name) {
  const path = join(ROOT, 'node_modules', '.cache', name)
  mkdirSync(join(path, '..'), { recursive: true })
  rmSync(path, { force: true })
  return path
}

/** A runner that failed without a failing test, or left no report, counts as one failure. */
function fromReport(code, path, read) {
  if (!existsSync(path)) return { failed: 1 }
  const counts = read(JSON.parse(readFileSync(path, 'utf8')))
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
