import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { EngineError } from '#engine/contract/errors'
import { sha256 } from '#engine/store/content-hash'
import { inlinePackage, readPluginPackage } from '../../../main/plugins/package/index.ts'
import { temporaryFolder } from '../../support/engine.ts'

const MANIFEST = JSON.stringify({ name: 'watch', cascadeWorkbench: { plugin: './src/index.ts' } })

/** A folder with these files. */
function folderOf(files: Record<string, string | Buffer>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

type Member = Parameters<ReturnType<typeof pack>['entry']>[0] & { content?: string | Buffer }

/** An archive with these members, as `npm pack` lays them out or as somebody with other intentions does. */
async function archiveOf(members: Member[], change: (archive: Buffer) => Buffer = gzipSync): Promise<string> {
  const archive = pack()
  for (const { content = '', ...header } of members) archive.entry(header, content)
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  const path = join(temporaryFolder(), 'watch-1.0.0.tgz')
  writeFileSync(path, change(Buffer.concat(parts)))
  return path
}

const packed = (files: Record<string, string>): Member[] =>
  Object.entries(files).map(([path, content]) => ({ name: `package/${path}`, content }))

const pathsOf = async (path: string): Promise<string[]> => (await readPluginPackage(path)).files.map((file) => file.path)

async function refusalOf(path: string): Promise<{ code: string; message: string; details: Record<string, unknown>; hint: string | null }> {
  try {
    await readPluginPackage(path)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    const { code, message, details, hint } = error
    return { code, message, details, hint }
  }
  throw new Error('Nothing was refused')
}

test('a folder is read as what package.json names, with all that it reaches, its manual, and nothing else [PI9]', async () => {
  const folder = folderOf({
    'package.json': MANIFEST,
    'README.md': '# Watch',
    'src/index.ts': `
      import { rules } from './rules/index.ts'
      import type { Shape } from "./shape.js"
      export { rules } from './again.mjs'
      import './effects'
      const late = await import('../data/late.ts')
      import { definePlugin } from 'cascade-workbench/plugin'`,
    'src/rules/index.ts': `import { up } from '../../top.js'; import '../index.ts'`,
    'src/shape.ts': '',
    'src/again.mts': '',
    'src/effects/index.js': '',
    'data/late.ts': '',
    'top.js': '',
    'src/not-imported.ts': '',
    'src/index.test.ts': `import './index.ts'`,
    'scenarios/one.yaml': '',
    'node_modules/left/index.js': '',
    LICENSE: '',
  })

  const found = await readPluginPackage(folder, { configuration: 'strict' })

  expect(found.files.map(({ path }) => path)).toEqual([
    'README.md',
    'data/late.ts',
    'package.json',
    'src/again.mts',
    'src/effects/index.js',
    'src/index.ts',
    'src/rules/index.ts',
    'src/shape.ts',
    'top.js',
  ])
  expect(found).toMatchObject({ source: folder, origin: folder, entry: 'src/index.ts', configuration: 'strict' })
  expect(found.files[0]).toEqual({ path: 'README.md', content: '# Watch', sha256: sha256('# Watch') })
})

test('a folder without package.json is read as its index, a module file as itself with what it imports [PI9]', async () => {
  const folder = folderOf({ 'index.js': `import './rules.js'`, 'rules.js': '', 'readme.MD': '', 'other.mts': `import './rules.js'` })

  expect(await pathsOf(folder)).toEqual(['index.js', 'readme.MD', 'rules.js'])
  expect(await readPluginPackage(join(folder, 'other.mts'))).toMatchObject({
    source: join(folder, 'other.mts'),
    origin: join(folder, 'other.mts'),
    entry: 'other.mts',
    files: [{ path: 'other.mts' }, { path: 'rules.js' }],
    configuration: '',
  })
})

test('an archive of npm pack is read as the folder that it was made of [PI9]', async () => {
  const files = { 'package.json': MANIFEST, 'README.md': '# Watch', 'src/index.ts': `import './rules.ts'`, 'src/rules.ts': '' }
  const archive = await archiveOf([...packed(files), ...packed({ 'src/other.ts': '', 'logo.png': 'PNG', LICENSE: '' })])

  const [fromArchive, fromFolder] = [await readPluginPackage(archive), await readPluginPackage(folderOf(files))]

  expect(fromArchive).toEqual({ ...fromFolder, source: archive, origin: archive })
})

test('a long path in an archive is read whole [PI9]', async () => {
  const long = `${'folder/'.repeat(30)}index.ts`
  const manifest = JSON.stringify({ cascadeWorkbench: { plugin: long } })

  expect(await pathsOf(await archiveOf(packed({ 'package.json': manifest, [long]: '' })))).toEqual([long, 'package.json'])
})

test('a text alone is a plug-in too [PI9]', () => {
  expect(inlinePackage('export default {}', 'strict')).toEqual({
    source: 'inline module',
    origin: null,
    entry: 'index.ts',
    files: [{ path: 'index.ts', content: 'export default {}', sha256: sha256('export default {}') }],
    configuration: 'strict',
  })
})

test('imports of packages, of what is missing and of what lies outside are left to whoever evaluates the module [PI9]', async () => {
  const folder = folderOf({
    'inside/package.json': MANIFEST,
    'inside/src/index.ts': `import './missing.ts'; import '../../secret.ts'; import 'left-pad'; import 'node:fs'`,
    'secret.ts': '',
  })

  expect(await pathsOf(join(folder, 'inside'))).toEqual(['package.json', 'src/index.ts'])
})

const broken: [what: string, files: Record<string, string | Buffer>, details: Record<string, unknown>, says: RegExp, hint: RegExp][] = [
  ['an empty folder', {}, { line: null }, /holds no plug-in/, /index\.ts/],
  ['a folder of something else', { 'main.ts': '' }, { line: null }, /holds no plug-in/, /index\.ts/],
  ['a package that is no plug-in', { 'package.json': '{"name":"x"}', 'index.js': '' }, {}, /is missing/, /"cascadeWorkbench"/],
  ['broken JSON', { 'package.json': '{\n  "name": "x",\n}' }, { file: 'package.json', line: 3 }, /is not JSON/, /comma/],
  ['JSON that ends too early', { 'package.json': '{\n  "name":' }, { file: 'package.json', line: 2 }, /is not JSON/, /comma/],
  [
    'a plug-in that is no object',
    { 'package.json': '{\n"cascadeWorkbench": "./index.ts" }' },
    { file: 'package.json', line: 2, field: 'cascadeWorkbench' },
    /not an object/,
    /"plugin"/,
  ],
  [
    'an entry that is no text',
    { 'package.json': '{\n"cascadeWorkbench": { "plugin": ["a"] } }' },
    { file: 'package.json', line: 2, field: 'cascadeWorkbench.plugin' },
    /not a text/,
    /"plugin"/,
  ],
  ...['../index.ts', '/etc/index.ts', 'a/../../index.ts', 'C:\\index.ts', '..'].map((entry): (typeof broken)[number] => [
    `the entry ${entry}`,
    { 'package.json': JSON.stringify({ cascadeWorkbench: { plugin: entry } }) },
    { field: 'cascadeWorkbench.plugin', line: 1 },
    /outside of the plug-in/,
    /Move/,
  ]),
  [
    'an entry that is missing',
    { 'package.json': '{"cascadeWorkbench":{"plugin":"./main.ts"}}' },
    { field: 'cascadeWorkbench.plugin' },
    /no such file/,
    /Correct/,
  ],
  [
    'an entry that is no module',
    { 'package.json': '{"cascadeWorkbench":{"plugin":"./main.json"}}', 'main.json': '' },
    { field: 'cascadeWorkbench.plugin' },
    /no module/,
    /\.ts/,
  ],
  ['a module that is no text', { 'index.js': Buffer.from([0xff, 0xfe, 0]) }, { file: 'index.js' }, /UTF-8/, /UTF-8/],
  ['a module that is too large', { 'index.js': '/'.repeat(5 * 1024 * 1024 + 1) }, { file: 'index.js' }, /5 MB/, /Leave out/],
]
for (const [what, files, details, says, hint] of broken)
  test(`${what} is refused with what would be right [PI3, PI9]`, async () => {
    const refusal = await refusalOf(folderOf(files))

    expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', details })
    expect(refusal.message).toMatch(says)
    expect(refusal.hint).toMatch(hint)
  })

test('a path where nothing lies, and a file that is no plug-in, are refused [PI9]', async () => {
  const folder = folderOf({ 'watch.zip': 'PK' })

  expect(await refusalOf(join(folder, 'missing'))).toMatchObject({ code: 'INPUT_INVALID', details: { path: join(folder, 'missing') } })
  expect(await refusalOf(join(folder, 'watch.zip'))).toMatchObject({
    code: 'PLUGIN_INVALID',
    message: `${join(folder, 'watch.zip')}: It is not a plug-in.`,
    hint: expect.stringContaining('npm pack'),
  })
})

test('a link that leads out of the folder is refused; a folder that is a link itself is read [PI9]', async () => {
  const folder = folderOf({ 'index.ts': `import './rules.ts'` })
  const outside = folderOf({ 'rules.ts': 'secret' })
  const link = join(temporaryFolder(), 'link')
  symlinkSync(folder, link)

  expect(await pathsOf(link)).toEqual(['index.ts'])
  symlinkSync(join(outside, 'rules.ts'), join(folder, 'rules.ts'))
  expect(await refusalOf(folder)).toMatchObject({ code: 'PLUGIN_INVALID', details: { file: 'rules.ts' } })
})

test('a plug-in of more modules or text than any honest one has is refused [PI10]', async () => {
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`m${at}.js`, `import './m${at + 1}.js'`]))
  const large = Object.fromEntries(
    Array.from({ length: 6 }, (_, at) => [`m${at}.js`, `import './m${at + 1}.js'${' '.repeat(1024 * 1024)}`]),
  )

  for (const [files, says] of [
    [many, /500 files/],
    [large, /5 MB/],
  ] as const) {
    expect((await refusalOf(join(folderOf(files), 'm0.js'))).message).toMatch(says)
    expect((await refusalOf(await archiveOf(packed(files)))).message).toMatch(says)
  }
})

const good = packed({ 'index.js': '' })
const hostile: [what: string, members: Member[], says: RegExp][] = [
  ['leads out of itself', [...good, { name: 'package/../../evil.js' }], /leads out/],
  ['leads out of itself at once', [{ name: '../evil.js' }, ...good], /leads out/],
  ['begins at the root', [...good, { name: '/etc/evil.js' }], /begins at the root/],
  ['begins at a drive', [...good, { name: 'C:/evil.js' }], /begins at the root/],
  ['has names of Windows', [...good, { name: 'package\\..\\evil.js' }], /no file should have/],
  [
    'links to a file elsewhere',
    [...good, { name: 'package/evil.js', type: 'symlink', linkname: '/etc/passwd' }],
    /is a link to "\/etc\/passwd"/,
  ],
  ['links to a file in it', [...good, { name: 'package/evil.js', type: 'link', linkname: 'package/index.js' }], /is a link/],
  ['holds a device', [...good, { name: 'package/evil.js', type: 'character-device' }], /is a character-device/],
  ['holds a pipe', [...good, { name: 'package/evil.js', type: 'fifo' }], /is a fifo/],
  ['holds a file twice', [...good, ...packed({ 'index.js': 'other' })], /comes twice/],
]
for (const [what, members, says] of hostile)
  test(`an archive that ${what} is refused, naming the member [PI10]`, async () => {
    const path = await archiveOf(members)

    const refusal = await refusalOf(path)

    expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', details: { file: expect.stringContaining(`${path}!`) } })
    expect(refusal.message).toMatch(says)
  })

test('an archive that expands without end is refused, also where what it holds would be passed over [PI10]', async () => {
  const zeros = Buffer.alloc(60 * 1024 * 1024)

  const refusal = await refusalOf(await archiveOf([...good, { name: 'package/data.bin', content: zeros }]))
  const module = await refusalOf(await archiveOf([{ name: 'package/index.js', content: zeros }]))

  expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', message: expect.stringContaining('expands to more than 50 MB') })
  expect(module).toMatchObject({ code: 'PLUGIN_INVALID', message: expect.stringContaining('5 MB') })
})

test('an archive that is damaged, cut off or none is refused [PI10]', async () => {
  const members = packed({ 'index.js': 'export default {}', 'more.js': 'x'.repeat(5_000) })
  const damaged = [
    await archiveOf(members, (archive) => gzipSync(archive).subarray(0, 40)),
    await archiveOf(members, (archive) => gzipSync(archive.subarray(0, 3_000))),
    await archiveOf(members, (archive) => archive),
    await archiveOf(members, () => Buffer.from('no archive')),
    await archiveOf(members, () => gzipSync('no archive'.repeat(100))),
    await archiveOf(members, () => Buffer.alloc(0)),
  ]

  for (const path of damaged) expect(await refusalOf(path)).toMatchObject({ code: 'PLUGIN_INVALID', details: { file: path } })
})

test('an archive with nothing of a plug-in in it is refused [PI9]', async () => {
  expect(await refusalOf(await archiveOf(packed({ 'LICENSE.md': '' })))).toMatchObject({
    code: 'PLUGIN_INVALID',
    message: expect.stringContaining('holds no plug-in'),
  })
})
