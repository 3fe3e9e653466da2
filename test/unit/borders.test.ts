import { expect, test } from 'vitest'
import { importsOf, readFiles, type SourceFile } from '../support/repository.ts'

/**
 * Which folder may import what. The first entry that matches a file decides. `may` holds folders (ending in `/`) and files;
 * a folder may always import from itself. `packages` are npm packages; Node's own modules are `node:`.
 */
interface Border {
  place: string
  /** Only files whose names end so. */
  ending?: string
  may: string[]
  packages: string[] | 'any'
}

const BRIDGE = ['preload/contract.ts', 'preload/wire.ts']
const engine = (...folders: string[]) => folders.map((folder) => `main/engine/${folder}/`)
/** What the product says, and how: below everything but plug-ins, which say what they like. */
const TEXTS = 'main/text/'
const EVERYTHING_MAIN = ['main/', ...BRIDGE, 'plugins/api/', 'package.json']

const BORDERS: Border[] = [
  // Inside the renderer: shell → features → frame → ui, text. A feature knows no other feature.
  { place: 'renderer/text/', may: ['main/engine/contract/'], packages: ['react'] },
  {
    place: 'renderer/ui/',
    may: ['renderer/text/', 'main/engine/contract/'],
    packages: ['react', 'react-dom', 'lucide-react', '@base-ui/react'],
  },
  {
    place: 'renderer/frame/',
    may: ['renderer/ui/', 'renderer/text/', 'preload/contract.ts', 'preload/browser-transport.ts', 'main/engine/contract/'],
    packages: ['react', 'zustand', 'lucide-react', '@base-ui/react'],
  },
  ...featureFolders().map((place) => ({
    place,
    may: ['renderer/frame/', 'renderer/ui/', 'renderer/text/', 'preload/contract.ts', 'main/engine/contract/'],
    packages: ['react', 'zustand', 'lucide-react', '@base-ui/react'],
  })),
  {
    place: 'renderer/shell/',
    may: ['renderer/features/', 'renderer/frame/', 'renderer/ui/', 'renderer/text/', 'preload/contract.ts', 'main/engine/contract/'],
    packages: ['react', 'zustand', 'lucide-react', '@base-ui/react'],
  },
  {
    place: 'renderer/',
    may: [],
    packages: ['react', 'react-dom', '@base-ui/react', '@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'],
  },
  // The type of the Bridge is that of its methods; no code of theirs comes along.
  { place: 'preload/contract.ts', may: ['main/engine/contract/', 'main/ipc/bridge-methods.ts'], packages: [] },
  { place: 'preload/', may: ['main/engine/contract/'], packages: ['electron'] },

  { place: TEXTS, may: [], packages: ['intl-messageformat'] },

  // Inside the engine: api → jobs → operations → pipeline → plugins → store → model → contract, and operations → cascade → store.
  // The session (one connection with its model, settings and steps) lies above plugins and below pipeline and cascade.
  { place: 'main/engine/contract/', may: [], packages: [] },
  { place: 'main/engine/model/', may: engine('contract'), packages: ['zod', 'fastest-levenshtein'] },
  { place: 'main/engine/security/', may: engine('contract'), packages: [] },
  { place: 'main/engine/store/', may: engine('contract', 'model', 'security'), packages: ['better-sqlite3', 'zod', 'node:'] },
  { place: 'main/engine/plugins/', may: [...engine('contract', 'model', 'store'), 'plugins/api/'], packages: ['zod', 'node:'] },
  { place: 'main/engine/session/', may: engine('contract', 'model', 'store', 'plugins'), packages: [] },
  { place: 'main/engine/cascade/', may: engine('contract', 'model', 'store', 'session'), packages: ['zod', 'node:'] },
  { place: 'main/engine/pipeline/', may: engine('contract', 'model', 'store', 'plugins', 'session'), packages: ['node:'] },
  {
    place: 'main/engine/operations/',
    may: engine('contract', 'model', 'security', 'store', 'plugins', 'session', 'cascade', 'pipeline'),
    packages: ['zod', 'node:'],
  },
  // The list of the kinds of system jobs names those of both domains.
  { place: 'main/engine/jobs/kinds.ts', may: [...engine('contract', 'jobs'), 'main/commerce/jobs/'], packages: [] },
  {
    place: 'main/engine/jobs/',
    may: engine('contract', 'model', 'security', 'store', 'plugins', 'session', 'cascade', 'pipeline', 'operations'),
    packages: ['zod', 'node:'],
  },
  {
    place: 'main/engine/api/',
    may: engine('contract', 'model', 'security', 'store', 'plugins', 'session', 'cascade', 'pipeline', 'operations', 'jobs'),
    packages: ['node:'],
  },
  // Asynchronous customers: a domain beside the cascades, on the same connection, jobs and errors. The engine's list of methods names its own.
  ...commerceBorders(),
  { place: 'main/engine/index.ts', may: ['main/engine/', 'main/commerce/api/methods.ts'], packages: [] },
  { place: 'main/engine/', may: [], packages: ['node:'] },

  {
    place: 'main/import/',
    may: ['main/engine/'],
    packages: ['saxes', 'yauzl', 'yaml', 'csv-parse', 'uuid', 'zod', 'fastest-levenshtein', 'node:'],
  },
  { place: 'main/generate/', may: ['main/engine/'], packages: ['zod', 'fastest-levenshtein', 'node:'] },
  // What runs modules: the engine gets it handed in.
  {
    place: 'main/plugins/sandbox/',
    may: ['main/engine/', 'plugins/api/'],
    packages: ['@jitl/quickjs-wasmfile-release-sync', 'amaro', 'node:'],
  },
  { place: 'main/plugins/package/', may: ['main/engine/'], packages: ['tar-stream', 'node:'] },
  { place: 'main/plugins/native/', may: ['main/engine/', 'main/plugins/sandbox/'], packages: ['node:'] },
  { place: 'main/sample/', may: ['main/engine/', 'main/generate/'], packages: ['node:'] },
  {
    place: 'main/batch/',
    may: ['main/engine/', 'main/import/', 'main/generate/', 'main/sample/', 'main/plugins/'],
    packages: ['comlink', 'uuid', 'node:'],
  },
  {
    place: 'main/workbench/',
    may: ['main/engine/', 'main/commerce/api/', 'main/batch/', 'main/import/', 'main/generate/', 'main/sample/'],
    packages: ['comlink', 'uuid', 'node:'],
  },
  {
    place: 'main/ipc/',
    may: ['main/session/', 'main/workbench/', 'main/engine/', ...BRIDGE],
    packages: ['zod', 'fastest-levenshtein', 'node:'],
  },
  {
    place: 'main/scenario/',
    may: ['main/engine/', 'main/commerce/', 'main/workbench/', 'main/batch/', 'main/import/', 'main/generate/', 'main/plugins/'],
    packages: 'any',
  },
  // What authors' tests import: a scenario whose steps come one by one.
  {
    place: 'main/testing/',
    may: ['main/scenario/', 'main/plugins/', 'main/workbench/', 'main/engine/', 'plugins/api/'],
    packages: ['node:'],
  },
  {
    place: 'main/session/',
    may: [
      'main/workbench/',
      'main/batch/spawn-batch-worker.ts',
      'main/sample/',
      'main/plugins/',
      'main/engine/',
      ...BRIDGE,
      'package.json',
    ],
    packages: ['zod', 'uuid', 'node:'],
  },
  // What both hosts serve to the renderer: its files and their policy.
  { place: 'main/pages/', may: [], packages: ['node:'] },
  {
    place: 'main/shell/',
    may: ['main/ipc/', 'main/session/', 'main/pages/', 'main/engine/contract/errors.ts', ...BRIDGE],
    packages: ['electron', 'zod', 'node:'],
  },

  // Composition roots wire everything.
  { place: 'main/browser/', may: EVERYTHING_MAIN, packages: ['ws', 'uuid', 'zod', 'commander', 'node:'] },
  { place: 'main/cli/', may: EVERYTHING_MAIN, packages: 'any' },
  { place: 'main/', may: EVERYTHING_MAIN, packages: 'any' },

  { place: 'plugins/api/', may: [], packages: [] },
  // What authors start from: the published API by its alias, and in tests what authors have.
  { place: 'plugins/', ending: '.test.ts', may: ['plugins/api/'], packages: ['cascade-workbench', 'vitest'] },
  { place: 'plugins/', may: ['plugins/api/'], packages: [] },
]

/** Inside of commerce: api → headquarters, exchange → channels → store → model. Channels and headquarters call one another as they do in life. */
function commerceBorders(): Border[] {
  const connection = ['main/engine/contract/', 'main/engine/store/connection.ts']
  const part = (name: string, may: string[]): Border => ({ place: `main/commerce/${name}/`, may: [...connection, ...may], packages: [] })
  const folders = (...names: string[]) => names.map((name) => `main/commerce/${name}/`)
  const roots = ['main/commerce/commerce.ts', 'main/commerce/refused.ts']
  return [
    part('model', []),
    part('store', folders('model')),
    part('channels', [...roots, ...folders('model', 'store', 'headquarters')]),
    part('exchange', [...roots, ...folders('model', 'store', 'channels')]),
    part('headquarters', [...roots, ...folders('model', 'store', 'channels', 'exchange')]),
    part('jobs', [...roots, ...folders('model', 'store', 'channels', 'exchange', 'headquarters'), ...engine('jobs', 'store')]),
    part('api', [...roots, ...folders('model', 'store', 'channels', 'exchange', 'headquarters', 'jobs')]),
    { place: 'main/commerce/', may: connection, packages: [] },
  ]
}

/** Each folder in `renderer/features`. */
function featureFolders(): string[] {
  return [...new Set(readFiles(['renderer/features'], ['.ts', '.tsx']).map(({ path }) => `${path.split('/').slice(0, 3).join('/')}/`))]
}

const sources = readFiles(['main', 'preload', 'renderer', 'plugins'], ['.ts', '.tsx'])

test('every import follows an allowed arrow', () => {
  const offenders = sources.flatMap((file) => {
    const border = BORDERS.find(({ place, ending = '' }) => file.path.startsWith(place) && file.path.endsWith(ending))
    if (border === undefined) return [`${file.path} lies in no folder of the plan: add its folder to BORDERS in test/unit/borders.test.ts`]
    return importsOf(file)
      .filter((imported) => !(imported.path === null ? mayUsePackage(border, imported.specifier) : mayImport(border, imported.path)))
      .map(({ specifier }) => `${file.path} imports ${specifier}. ${advice(border)}`)
  })

  expect(offenders).toEqual([])
})

function mayImport(border: Border, path: string): boolean {
  if (path.startsWith(border.place) || path.endsWith('.css')) return true
  if (path.startsWith(TEXTS)) return !border.place.startsWith('plugins/')
  return border.may.some((allowed) => {
    return allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed
  })
}

function mayUsePackage(border: Border, specifier: string): boolean {
  if (border.packages === 'any') return true
  return border.packages.some((name) =>
    name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  )
}

function advice({ place, may, packages }: Border): string {
  const allowed = [...may, ...(packages === 'any' ? ['any package'] : packages)].join(', ')
  return `Files in ${place} may import ${allowed === '' ? 'nothing' : allowed}: move the code, pass it in as an argument, or argue for a new arrow here`
}

test('a bundled plug-in knows its own folder and the API alone, by its alias', () => {
  const folderOf = (path: string) => path.split('/').slice(0, 2).join('/')
  const offenders = sources
    .filter(({ path }) => path.startsWith('plugins/') && !path.startsWith('plugins/api/'))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ path, specifier }) => path !== null && specifier !== '#plugin-api' && folderOf(path) !== folderOf(file.path))
        .map(({ specifier }) => `${file.path} imports ${specifier}: copied elsewhere, it would not find it`),
    )

  expect(offenders).toEqual([])
})

test('SQL stands only in main/engine/store and main/commerce/store', () => {
  const offenders = sources
    .filter(({ path }) => !path.startsWith('main/engine/store/') && !path.startsWith('main/commerce/store/'))
    .filter(({ text }) =>
      /\.(?:prepare|exec)\(\s*[`'"]|\bdb\.(?:prepare|exec|pragma)\(|\b(SELECT\s[^'"\n]*\sFROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET|PRAGMA )\b/.test(
        text,
      ),
    )
    .map(({ path }) => `${path} speaks SQL: give main/engine/store a named function for it and call that`)

  expect(offenders).toEqual([])
})

test('only files named *.worker.ts run as a thread', () => {
  const isWorkerCode = ({ text }: SourceFile) => /\bparentPort\b|\bworkerData\b/.test(text) || /\bexpose\b[^\n]*from 'comlink'/.test(text)
  const offenders = sources
    .filter((file) => isWorkerCode(file) && !file.path.endsWith('.worker.ts'))
    .map(({ path }) => `${path} is a thread's entry: name it *.worker.ts, so that its name says where it runs`)

  expect(offenders).toEqual([])
})

test('nobody imports a thread entry as if it were a module', () => {
  const offenders = sources
    .filter(({ path }) => !path.endsWith('.worker.ts'))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ path }) => path?.endsWith('.worker.ts'))
        .map(({ specifier }) => `${file.path} imports ${specifier}`),
    )
    .filter((line) => !/^main\/(index|shell\/|browser\/|cli\/)/.test(line))

  expect(offenders).toEqual([])
})

test('only renderer/frame/bridge.ts touches window.cascade', () => {
  const offenders = sources
    .filter(
      ({ path, text }) =>
        path.startsWith('renderer/') && path !== 'renderer/frame/bridge.ts' && /\bwindow\s*\.\s*cascade\b|\bnew WebSocket\(/.test(text),
    )
    .map(({ path }) => `${path} reaches for the host: ask through renderer/frame/bridge.ts`)

  expect(offenders).toEqual([])
})

test('the engine reads no clock and makes no ids', () => {
  const offenders = sources
    .filter(
      ({ path }) =>
        path.startsWith('main/engine/') ||
        path.startsWith('main/commerce/') ||
        path.startsWith('main/generate/') ||
        path.startsWith('main/sample/'),
    )
    .filter(({ text }) => /\bDate\.now\(|\bnew Date\(\)|\brandomUUID\(|\bMath\.random\(|\bsetTimeout\(/.test(text))
    .map(({ path }) => `${path} reads the clock or makes up an id: take now() or newId() as an argument`)

  expect(offenders).toEqual([])
})
