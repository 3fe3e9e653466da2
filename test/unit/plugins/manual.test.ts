import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MESSAGES, STAGES } from '#engine/contract/messages'
import { PERMISSIONS } from '#engine/contract/plugins'
import { DEFAULT_SETTINGS } from '#engine/contract/settings'
import { pluginFiles } from '../../../main/cli/plugin-template.ts'
import { samplesOf } from '../../support/manual-samples.ts'
import { ROOT, readFiles } from '../../support/repository.ts'

/** The manual says nothing that is not so: its samples compile, its links lead somewhere, its numbers are the defaults. */
const manual = readFiles(['plugins/api/README.md'], ['.md'])[0]?.text ?? ''
const samples = samplesOf(manual)

let folder = ''
beforeAll(() => {
  // Below the packages, so that `vitest` is found.
  mkdirSync(join(ROOT, 'node_modules', '.cache'), { recursive: true })
  folder = mkdtempSync(join(ROOT, 'node_modules', '.cache', 'manual-'))
  for (const { file, source } of samples) writeFileSync(join(folder, file), source)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every sample of TypeScript is a whole module with a name of its own', () => {
  expect(samples).toHaveLength(manual.split('```ts\n').length - 1)
  expect(new Set(samples.map(({ file }) => file)).size).toBe(samples.length)
  expect(samples.length).toBeGreaterThan(0)
})

test('the first sample is what the command line writes', () => {
  expect(samples[0]).toEqual({ file: 'index.ts', source: pluginFiles('keep-owner', { language: 'ts', product: '0.1.0' })['index.ts'] })
})

test('every sample compiles', () => {
  const wrong = "import { definePlugin } from 'cascade-workbench/plugin'\n\nexport default definePlugin({ name: 'wrong', apiVersion: 2 })\n"
  writeFileSync(join(folder, 'wrong.ts'), wrong)
  const files = [...samples.map(({ file }) => file), 'wrong.ts']
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), files, include: [] }))

  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })

  // What the samples import from this repository is checked with it.
  const errors = stdout.split('\n').filter((line) => files.some((file) => line.startsWith(`${file}(`)))
  expect(errors.map((line) => line.split('(')[0])).toEqual(['wrong.ts'])
}, 60_000)

test('every link leads somewhere', () => {
  const anchors = new Set(
    [...manual.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-'),
    ),
  )
  const links = [...manual.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
  const leadsSomewhere = (link: string) =>
    link.startsWith('#') ? anchors.has(link.slice(1)) : existsSync(join(ROOT, 'plugins/api', link.replace(/#.*$/, '')))

  expect(links.filter((link) => !leadsSomewhere(link))).toEqual([])
})

const hooks = [...manual.matchAll(/^#### (.*)\n\n([\s\S]*?)\n\n/gm)].map(([, title = '', table = '']) => ({ title, table }))

test('every message has its hooks, in each stage where it behaves differently', () => {
  // Messages that behave alike share a section.
  const alike = [/Access$/, /ssociate$/]
  const isShared = (message: string) => alike.some((names) => names.test(message))
  const wanted = MESSAGES.filter((message) => !isShared(message)).flatMap((message) =>
    message.startsWith('cascadeAsync') ? [`${message}, PostOperation, Async`] : STAGES.map((stage) => `${message}, ${stage}`),
  )
  const shared = alike.map((names) => `${MESSAGES.filter((message) => names.test(message)).join(', ')}, every stage`)

  expect(hooks.map(({ title }) => title).toSorted()).toEqual([...wanted, ...shared, 'Any message, PostOperation, Async'].toSorted())
})

test('every hook is described by the same rows', () => {
  const rows = ({ table }: { table: string }) => [...table.matchAll(/^\| \*\*(.*?)\*\* \|/gm)].map(([, row]) => row)
  const expected = ['Runs', 'Transaction', 'Has', 'May change', 'Ran before', 'Runs next', 'Order', 'Throwing', 'Since']

  for (const hook of hooks) expect({ title: hook.title, rows: rows(hook) }).toEqual({ title: hook.title, rows: expected })
})

test('every permission is explained', () => {
  const explained = [...manual.matchAll(/^\| `([\w:]+)` \| /gm)].map(([, name]) => name)

  expect(PERMISSIONS.filter((permission) => !explained.includes(permission))).toEqual([])
})

test('the limits are the defaults of the settings', () => {
  const limits = [...manual.matchAll(/^\| .* \| ([\d,]+)(?: s| MB)? \| `(\w+)` \|$/gm)].map(([, value = '', setting = '']) => [
    setting,
    Number(value.replaceAll(',', '')),
  ])

  expect(Object.fromEntries(limits)).toEqual({
    pluginTimeoutSeconds: DEFAULT_SETTINGS.pluginTimeoutSeconds,
    pluginMemoryMegabytes: DEFAULT_SETTINGS.pluginMemoryMegabytes,
    maxDepth: DEFAULT_SETTINGS.maxDepth,
    pluginTraceRuns: DEFAULT_SETTINGS.pluginTraceRuns,
  })
})

test('every setting that the manual names exists', () => {
  const named = [...manual.matchAll(/`((?:plugin|max|merge|removeLink|cascadedEvents|ownerChange|stateChange|lockTimeout)[A-Z]\w+)`/g)].map(
    ([, name]) => name,
  )

  expect(named.filter((name) => !(String(name) in DEFAULT_SETTINGS))).toEqual([])
})
