import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { findAvailablePlugins, firstSentence } from '../../../main/plugins/available.ts'
import { temporaryFolder } from '../../support/engine.ts'
import { ROOT } from '../../support/repository.ts'

function folderOf(files: Record<string, string | Buffer>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

async function archiveOf(files: Record<string, string>): Promise<Buffer> {
  const archive = pack()
  for (const [path, content] of Object.entries(files)) archive.entry({ name: `package/${path}` }, content)
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  return gzipSync(Buffer.concat(parts))
}

const PACKAGE = (more: object = {}) => JSON.stringify({ cascadeWorkbench: { plugin: './index.ts' }, ...more })

test('folders, module files and archives are found with name, version and the first sentence of their manual [PI9]', async () => {
  const folder = folderOf({
    'a/package.json': PACKAGE({ name: 'cascade-plugin-a', version: '3.0.0' }),
    'a/index.ts': `const settings = { name: 'no' }\nexport default definePlugin(() => ({ name: 'alpha', version: '1.2.3', steps: [] }))`,
    'a/README.md': '# Alpha\n\nKeeps an **eye** on\n[owners](x.md), e.g. yours. And more.\n',
    'b.mjs': `const plugin = { name: "beta", version: "2.0.0" }\nexport { plugin as default }`,
    'c.tgz': await archiveOf({ 'package.json': PACKAGE({ name: 'gamma', version: '0.1.0' }), 'index.ts': 'export default make()' }),
    'd.js': 'export default make()',
  })

  expect(await findAvailablePlugins([{ path: folder, isBundled: false }])).toEqual([
    { path: join(folder, 'a'), name: 'alpha', version: '1.2.3', description: 'Keeps an eye on owners, e.g. yours.', isBundled: false },
    { path: join(folder, 'b.mjs'), name: 'beta', version: '2.0.0', description: null, isBundled: false },
    { path: join(folder, 'd.js'), name: 'd', version: null, description: null, isBundled: false },
    { path: join(folder, 'c.tgz'), name: 'gamma', version: '0.1.0', description: null, isBundled: false },
  ])
})

test('what is no plug-in, or cannot be read as one, is passed over, and so is a folder that is missing [PI9]', async () => {
  const folder = folderOf({
    'api/index.ts': 'export const definePlugin = 1',
    'notes.txt': '',
    'broken/package.json': '{',
    'empty.tgz': '',
    '.draft/index.ts': 'export default {}',
    'node_modules/index.js': 'export default {}',
    'good/index.js': 'export default { name: "good" }',
  })

  const found = await findAvailablePlugins([
    { path: join(folder, 'missing'), isBundled: true },
    { path: folder, isBundled: false },
  ])

  expect(found.map(({ name }) => name)).toEqual(['good'])
})

test('the product’s own examples come first, each with name, version and what it is for [PI9]', async () => {
  const own = folderOf({ 'aaa.js': 'export default { name: "aaa" }' })

  const found = await findAvailablePlugins([
    { path: own, isBundled: false },
    { path: join(ROOT, 'plugins'), isBundled: true },
  ])

  const examples = found.filter(({ isBundled }) => isBundled)
  expect(found.at(-1)?.name).toBe('aaa')
  expect(examples.length).toBeGreaterThanOrEqual(6)
  expect(examples.filter(({ path, name, version, description }) => !path.endsWith(name) || !version || !description)).toEqual([])
})

const sentences: [readme: string, sentence: string | null][] = [
  ['# Watch\n\nLooks at owners. Then more.', 'Looks at owners.'],
  ['# Watch\nLooks at owners', 'Looks at owners'],
  ['# Watch\r\n\r\nLooks at\r\nowners! More', 'Looks at owners!'],
  ['![build](x.svg)\n\n<!-- a\n\nb -->\n\n- list\n\n> quoted\n\nVersion 1.5 of `it`.', 'Version 1.5 of it.'],
  ['```\ncode.\n```\n\nText.', 'Text.'],
  ['# Only a heading', null],
  ['', null],
]
for (const [readme, sentence] of sentences)
  test(`the first sentence of ${JSON.stringify(readme)} is ${JSON.stringify(sentence)}`, () => {
    expect(firstSentence(readme)).toBe(sentence)
  })
