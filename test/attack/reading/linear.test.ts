import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manifestRefused, valuePatterns } from '#engine/plugins/manifest-refusal'
import { findAvailablePlugins, firstSentence } from '../../../main/plugins/available.ts'
import { readPluginPackage } from '../../../main/plugins/package/index.ts'
import { relativeImports } from '../../../main/plugins/package/module-paths.ts'
import { readSource } from '../../../main/scenario/source.ts'
import { temporaryFolder } from '../../support/engine.ts'
import { growth } from '../growth.ts'

/** Between the powers of a time that rises with the input, and of one that rises with its square. */
const LINEAR = 1.5

test.each([
  ['blanks after from', (size: number) => `from${' '.repeat(size)}`],
  ['blanks and brackets after import', (size: number) => `import ${' '.repeat(size)}(${' '.repeat(size)}x`],
  ['many words from', (size: number) => 'from '.repeat(size)],
  ['many quotes without an end', (size: number) => `from './a`.repeat(size)],
])('imports are found in a time that rises with the text: %s', (_, textOf) => {
  expect(
    growth((size) => {
      const text = textOf(size)
      return () => relativeImports(text)
    }, 80_000),
  ).toBeLessThan(LINEAR)
})

test('the first sentence of a README is looked for in its beginning only', () => {
  const hostile = ['<!--', '```\n', '[', '[a](', '. a '].map((part) => part.repeat(400_000))

  for (const readme of hostile) expect(String(firstSentence(readme)).length).toBeLessThan(400)
  expect(growth((size) => () => firstSentence('<!--'.repeat(size)), 200_000)).toBeLessThan(LINEAR)
})

test('a module with many lists of exports is looked through once', async () => {
  const folder = temporaryFolder()
  const write = (size: number) => {
    const path = join(folder, `plugins-${size}`)
    mkdirSync(path)
    writeFileSync(join(path, 'index.js'), 'export {\n'.repeat(size))
    return path
  }
  const paths = [write(40_000), write(400_000)]

  const found = await Promise.all(paths.map((path) => findAvailablePlugins([{ path, isBundled: false }])))

  expect(found).toEqual([[], []])
})

test('the place of a name of 900,000 characters is not looked for', () => {
  const name = 'n'.repeat(900_000)

  expect(valuePatterns('name', name)).toEqual([])
})

test('the place of a value that cannot be written as text is not looked for as text', () => {
  expect(valuePatterns('stage', { toString: null })).toHaveLength(1)
})

test('a place that occurs a million times is not counted further than twice', () => {
  const source = (size: number) => ({ files: [{ path: 'index.js', content: 'name:\n'.repeat(size), sha256: '' }], entry: 'index.js' })
  const refuse = (size: number) => {
    const given = source(size)
    return () => manifestRefused(given, { field: 'name', says: ({ field }) => ({ key: 'verbatim.text', params: { text: field } }) })
  }

  expect(growth(refuse, 400_000)).toBeLessThan(LINEAR)
})

test('a package that imports more files than any real one is refused with the limit', async () => {
  const path = join(temporaryFolder(), 'index.mjs')
  writeFileSync(path, Array.from({ length: 6_000 }, (_, at) => `import './${at}.mjs'`).join('\n'))

  await expect(readPluginPackage(path)).rejects.toMatchObject({ code: 'PLUGIN_INVALID', message: expect.stringContaining('5,000') })
})

test.each([
  ['keys of one mapping', (size: number) => Array.from({ length: size }, (_, at) => `key${at}: ${at}`).join('\n')],
  ['aliases', (size: number) => `a: &a 1\nlist:\n${'  - *a\n'.repeat(size)}`],
])('a scenario is read in a time that rises with its size: %s', (_, textOf) => {
  expect(
    growth((size) => {
      const text = textOf(size)
      return () => readSource(text)
    }, 10_000),
  ).toBeLessThan(LINEAR)
})

test('an alias means the last anchor before it, wherever it is read again', () => {
  const source = readSource('a: &y { k: &x 1, m: *x }\nb: &x 2\nc: *y\nd: *x\n')

  const plain = JSON.parse(JSON.stringify(source, (key, value: unknown) => (key === 'at' || key === 'keyAt' ? undefined : value)))
  expect(JSON.stringify(plain)).toBe(
    JSON.stringify({
      kind: 'mapping',
      entries: [
        { key: 'a', value: nested(1, 1) },
        { key: 'b', value: scalar(2) },
        { key: 'c', value: nested(1, 1) },
        { key: 'd', value: scalar(2) },
      ],
    }),
  )
})

const scalar = (value: number) => ({ kind: 'scalar', value, text: String(value) })
const nested = (k: number, m: number) => ({
  kind: 'mapping',
  entries: [
    { key: 'k', value: scalar(k) },
    { key: 'm', value: scalar(m) },
  ],
})
