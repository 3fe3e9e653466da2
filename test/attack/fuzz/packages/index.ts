import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { type Engine, openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import { findAvailablePlugins } from '../../../../main/plugins/available.ts'
import { readPluginPackage } from '../../../../main/plugins/package/index.ts'
import { openPlugins, type RunPlugins } from '../../../../main/scenario/run-plugins.ts'
import { VirtualClock } from '../../../../main/scenario/virtual-clock.ts'
import { HOSTILE_PIECES, mutateText } from '../mutate-text.ts'
import type { Random } from '../random.ts'
import { type Place, target } from '../target.ts'

const MODULE = `import { definePlugin, InvalidPluginExecutionError } from 'cascade-workbench/plugin'
import { limit } from './lib/limit.ts'

interface Row { name?: string }

/** Refuses long names. */
export default definePlugin({
  name: 'short-names',
  version: '1.2.3',
  apiVersion: 1,
  permissions: [],
  steps: [
    {
      message: 'Update', table: 'systemuser', stage: 'PreOperation', rank: 10,
      filteringAttributes: ['fullname'], preImage: ['fullname'],
      handler({ target, service, trace, sharedVariables }) {
        const found = service.retrieveMultiple({ table: 'systemuser', where: { fullname: 'nobody' }, columns: ['fullname'], orderBy: 'fullname', top: 3 })
        trace(\`\${found.length} found\`)
        sharedVariables.seen = (target as Row).name ?? null
        if (String(target.fullname).length > limit) throw new InvalidPluginExecutionError('Too long')
      },
    },
    { message: 'Create', stage: 'PostOperation', mode: 'Async', postImage: true, async handler() {} },
  ],
})
`

const FILES: Readonly<Record<string, string>> = {
  'index.ts': MODULE,
  'lib/limit.ts': "export const limit: number = 20\nexport type { Row } from '../index.ts'\n",
  'package.json': JSON.stringify({ name: 'short-names', version: '1.2.3', cascadeWorkbench: { plugin: './index.ts' } }, null, 2),
  'README.md': '# Short names\n\n[Docs](x). Refuses long names. More.\n\n```js\ncode\n```\n',
}

const PIECES = [
  ...HOSTILE_PIECES,
  'from ',
  'import(',
  "import './lib/limit.ts'\n",
  "import 'node:fs'\n",
  'export {',
  'export default ',
  'default: ',
  'handler() {}, ',
  "stage: 'Post',",
  'while (true) {}',
  'throw 1',
  'throw { toString() { throw 2 } }',
  'await new Promise(() => {})',
  'new Proxy({}, { get() { return 1 } })',
  'Symbol.iterator',
  'Array(1e9).fill(0)',
  '1n',
  '<T>',
  'enum A { B }',
  'a<b<c<d<',
]

/** Values in the module that others can stand for, so that it can still be read. */
const VALUES = /'short-names'|'1\.2\.3'|'Update'|'systemuser'|'PreOperation'|\b10\b|\['fullname'\]|'fullname'|'nobody'|\b3\b|\b1\b/g

const EXPRESSIONS = [
  'null',
  'undefined',
  '-1',
  '1e9',
  '1e999',
  'true',
  '{}',
  '[]',
  "''",
  '[[[[[1]]]]]',
  '() => 1',
  'new Date(0)',
  'Symbol()',
  '10n',
  "'\\u202e\\x1b[2J'",
  "'x'.repeat(900000)",
  "Array(5000).fill('fullname')",
  'Object.fromEntries(Array.from({ length: 2000 }, (_, at) => ["c" + at, at]))',
  'JSON.parse("[".repeat(900) + "]".repeat(900))',
  '{ toString() { throw 1 } }',
  '{ then() {} }',
  "{ table: 'systemuser' }",
  "{ table: 'systemuser', id: 1 }",
]

function changeValue(random: Random, text: string): string {
  const places = [...text.matchAll(VALUES)]
  const { index, 0: value } = random.pick(places)
  return text.slice(0, index) + random.pick(EXPRESSIONS) + text.slice(index + value.length)
}

interface Input {
  form: 'folder' | 'module' | 'archive'
  files: Record<string, string>
  /** Members of the archive beside the files, as they are named there. */
  members: { name: string; type?: 'symlink' | 'directory' | 'fifo'; linkname?: string }[]
  /** The archive is cut off after this part of it, or flipped there. */
  cutAt: number | null
  /** The one who is changed by the step, if the plug-in is installed. */
  fullname: string
}

const NAMES = ['../out.ts', '/etc/index.ts', 'C:\\index.ts', 'a\\b.ts', 'package/index.ts', 'x'.repeat(200), 'lib', 'index.ts', 'é.ts', '.']

function makeFiles(random: Random): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [name, text] of Object.entries(FILES)) {
    if (random.chance(0.05)) continue
    const values = name === 'index.ts' && random.chance(0.7) ? changeValue(random, text) : text
    files[random.chance(0.03) ? `other-${name.replace('/', '-')}` : name] = random.chance(0.2) ? mutateText(random, values, PIECES) : values
  }
  return files
}

async function write({ form, files, members, cutAt }: Input, folder: string): Promise<string> {
  if (form !== 'archive') {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return form === 'folder' ? folder : join(folder, 'index.ts')
  }
  const archive = pack()
  for (const [name, text] of Object.entries(files)) archive.entry({ name: `package/${name}` }, text)
  for (const { name, type, linkname } of members) archive.entry({ name, type: type ?? 'file', ...(linkname && { linkname }) }, '')
  archive.finalize()
  const path = join(folder, 'plugin.tgz')
  await pipeline(archive, createGzip(), createWriteStream(path))
  if (cutAt !== null) damage(path, cutAt)
  return path
}

function damage(path: string, at: number): void {
  const bytes = Buffer.alloc(Math.floor(at * 2_000), 7)
  writeFileSync(path, bytes, { flag: at > 0.5 ? 'a' : 'r+' })
}

/** What a process needs once: an engine over an environment that no plug-in stays in. */
interface Desk {
  engine: Engine
  plugins: RunPlugins
}

let desk: Desk | undefined

async function openDesk(): Promise<Desk> {
  if (desk) return desk
  const clock = new VirtualClock()
  const plugins = await openPlugins('contained', clock)
  await plugins.ready()
  const folder = mkdtempSync(join(tmpdir(), 'cascade-fuzz-desk-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const engine = openEngine({
    path: join(folder, 'desk.cascade'),
    mode: 'create',
    now: clock.now,
    newId: clock.newId,
    plugins: plugins.runtime,
  })
  desk = { engine, plugins }
  return desk
}

/** Returns the code of a refusal; `undefined` where nothing is refused. @throws whatever is none of the product's errors */
async function refusalOf(act: () => unknown): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof EngineError) return error.code
    throw error
  }
}

async function use({ fullname }: Input, path: string, folder: string): Promise<string | undefined> {
  const { engine, plugins } = await openDesk()
  await plugins.ready()
  await findAvailablePlugins([{ path: folder, isBundled: false }])
  return refusalOf(async () => {
    const found = await readPluginPackage(path)
    const { manifest } = engine.checkPlugin(found)
    engine.installPlugin(found, { isEnabled: true, replace: true })
    try {
      const { administratorId } = engine.info()
      const admin = engine.as(administratorId)
      await refusalOf(() => admin.updateRecord({ table: 'systemuser', id: administratorId }, { fullname }))
      for (let job = engine.nextJob(); job; job = engine.nextJob()) {
        const { id } = job
        await refusalOf(() => engine.runJob(id, 0))
      }
    } finally {
      engine.removePlugin(manifest.name)
    }
  })
}

/** Plug-ins as folders, modules and archives: a valid one with changes of chance. What can be installed runs once. */
export const packages = target<Input>({
  name: 'packages',
  makeInput(random) {
    const form = random.pick(['folder', 'module', 'archive'] as const)
    const members = Array.from({ length: random.chance(0.2) ? random.int(4) : 0 }, () => {
      const type = random.pick([undefined, undefined, 'symlink', 'directory', 'fifo'] as const)
      const name = random.chance(0.5) ? `package/${random.pick(NAMES)}` : random.pick(NAMES)
      return { name, ...(type && { type }), ...(type === 'symlink' && { linkname: random.pick(NAMES) }) }
    })
    const cutAt = random.chance(0.15) ? random.int(1_000) / 1_000 : null
    return { form, files: makeFiles(random), members, cutAt, fullname: random.pick(['Anna', 'x'.repeat(30)]) }
  },
  async run(input, { folder }: Place) {
    const code = await use(input, await write(input, folder), folder)
    return code === undefined ? { kind: 'accepted' } : { kind: 'refused', code }
  },
})
