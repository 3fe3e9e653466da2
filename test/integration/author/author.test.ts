import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuthorRepository, createAuthorRepository } from './installed-product.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-author-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let author: AuthorRepository
// Builds the product, packs it, and installs it with vitest and the compiler: this needs what `npm test` needs, the package registry once.
beforeAll(async () => {
  author = await createAuthorRepository(folder)
}, 300_000)

const at = (...names: string[]) => join(author.folder, ...names)
const installed = (...names: string[]) => at('node_modules', 'cascade-workbench', ...names)

test('the package holds the command, the test environment, their types and the examples, and no sources of the app', () => {
  expect(readdirSync(installed()).sort()).toEqual(['LICENSE', 'README.md', 'bin', 'docs', 'out', 'package.json', 'plugins'])
  expect(existsSync(installed('plugins', 'owner-audit', 'index.ts'))).toBe(true)
  expect(existsSync(installed('plugins', 'api', 'README.md'))).toBe(true)
  expect(readdirSync(installed('out')).sort()).toEqual(['main', 'renderer', 'types'])
})

test('what only the window needs is not installed', () => {
  const packages = readdirSync(at('node_modules'))

  expect(packages).toContain('better-sqlite3')
  for (const name of ['electron', 'react', 'zustand', 'comlink', 'ws', '@base-ui']) expect(packages).not.toContain(name)
})

test('the bundled examples pass their scenarios where they are installed', async () => {
  const { code, stdout } = await author.cascade('run', installed('plugins'), '--json')

  const { scenarios, failed } = JSON.parse(stdout) as { scenarios: { file: string }[]; failed: number }
  expect({ code, failed }).toEqual({ code: 0, failed: 0 })
  expect(scenarios.map(({ file }) => file)).toContainEqual(expect.stringContaining('plugins/owner-audit/scenarios/'))
})

describe.each([
  ['TypeScript', 'close-guard', 'index.ts', []],
  ['JavaScript', 'close-guard-js', 'index.js', ['--js']],
])('a new plug-in in %s', (_, name, module, options) => {
  const plugin = (...names: string[]) => at('plugins', name, ...names)
  beforeAll(async () => {
    expect(await author.cascade('plugin', 'new', name, '--into', 'plugins', ...options)).toMatchObject({ code: 0 })
  })

  test('would be accepted', async () => {
    expect(await author.cascade('plugin', 'check', plugin())).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('It would be accepted.'),
    })
  })

  test('passes its own suite and its scenarios', async () => {
    const suite = await author.command('vitest', 'vitest', 'run', '--root', plugin())
    const scenarios = await author.cascade('plugin', 'test', plugin())

    expect(suite).toMatchObject({ code: 0, stdout: expect.stringContaining('3 passed') })
    expect(scenarios).toMatchObject({ code: 0, stdout: expect.stringContaining('2 passed') })
  })

  test('makes both fail when it is broken', async () => {
    const source = readFileSync(plugin(module), 'utf8')
    writeFileSync(plugin(module), source.replace('statecode === 1', 'statecode === 2'))

    const suite = await author.command('vitest', 'vitest', 'run', '--root', plugin())
    const scenarios = await author.cascade('plugin', 'test', plugin())

    writeFileSync(plugin(module), source)
    expect(suite).toMatchObject({ code: 1, stdout: expect.stringMatching(/2 failed \| 1 passed/) })
    expect(suite.stdout + suite.stderr).toContain('a closed account keeps its owner')
    expect(scenarios).toMatchObject({ code: 1, stdout: expect.stringContaining('expected Refused, found Completed') })
  })

  test('runs in an environment of the installed product', async () => {
    const lab = at(`${name}.cascade`)
    await author.cascade('new', lab, '--sample')

    expect(await author.cascade('plugin', 'install', lab, plugin(), '--yes')).toMatchObject({ code: 0 })
    expect(await author.cascade('assign', lab, 'account/Evergreen Energy', '--to', 'Greta Adler')).toMatchObject({ code: 0 })
    expect(await author.cascade('plugin', 'trace', lab)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Evergreen Energy gets another owner'),
    })
  })
})

describe('the types', () => {
  const check = () => author.command('typescript', 'tsc', '--noEmit', '--project', at('plugins', 'close-guard'))

  test('fit what a new plug-in and its test say', async () => {
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('tell a misspelt message, an ownership that there is not, and unknown methods of the service and the test environment', async () => {
    const wrong = at('plugins', 'close-guard', 'wrong.ts')
    writeFileSync(
      wrong,
      `import { definePlugin } from 'cascade-workbench/plugin'
import { openTestEnvironment } from 'cascade-workbench/testing'

export default definePlugin({
  name: 'wrong', version: '1.0.0', apiVersion: 1,
  steps: [{ message: 'Updat', stage: 'PreOperation', handler({ service }) { service.retrive('account', '') } }],
})
await using lab = await openTestEnvironment({ model: { tables: { account: { ownership: 'Nobody' } } } })
await lab.asign('account/A', 'bob')
`,
    )

    const { code, stdout } = await check()

    rmSync(wrong)
    expect(code).not.toBe(0)
    for (const found of ['"Updat"', "'retrive'", '"Nobody"', "'asign'"]) expect(stdout).toContain(found)
  })
})
