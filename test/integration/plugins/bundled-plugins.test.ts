import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createNativeRuntime } from '../../../main/plugins/native/index.ts'
import { readPluginPackage } from '../../../main/plugins/package/index.ts'
import { runFiles } from '../../../main/scenario/run-files.ts'
import { ROOT, readFiles, readJson } from '../../support/repository.ts'

/** What comes with the product and what authors start from. */
const names = readdirSync(join(ROOT, 'plugins'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'api')
  .map(({ name }) => name)

test('the manual lists every bundled plug-in', () => {
  const [manual] = readFiles(['plugins/api/README.md'], ['.md'])
  const listed = [...(manual?.text ?? '').matchAll(/\]\(\.\.\/([\w-]+)\)/g)].map(([, name]) => name)

  expect(names.filter((name) => !listed.includes(name))).toEqual([])
})

test.each(names)('%s is a package with a README and tests of its own', (name) => {
  const folder = join(ROOT, 'plugins', name)

  expect(readJson(`plugins/${name}/package.json`)).toMatchObject({
    private: true,
    type: 'module',
    cascadeWorkbench: { plugin: './index.ts' },
  })
  expect(readFiles([`plugins/${name}/README.md`], ['.md'])[0]?.text).toContain(`# ${name}\n`)
  expect(existsSync(join(folder, 'index.test.ts'))).toBe(true)
})

test.each(names)('%s runs without containment as well, for breakpoints', async (name) => {
  const found = await readPluginPackage(join(ROOT, 'plugins', name))

  const { definition } = createNativeRuntime().load(found, [], { timeMs: 10_000, memoryMegabytes: 64 })

  expect(definition).toMatchObject({ name, version: '1.0.0', steps: expect.arrayContaining([expect.objectContaining({ handler: true })]) })
})

test.each(names)('%s keeps what its scenarios promise', async (name) => {
  const { scenarios } = await runFiles([join(ROOT, 'plugins', name, 'scenarios')])

  const failed = scenarios.filter(({ outcome }) => outcome !== 'passed')
  expect(failed).toEqual([])
  expect(scenarios.length).toBeGreaterThanOrEqual(2)
  expect(scenarios.flatMap(({ steps }) => steps).some(({ mode }) => mode === 'Async')).toBe(true)
})
