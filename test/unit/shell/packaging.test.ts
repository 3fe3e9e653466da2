import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const packaging = parse(readFileSync('electron-builder.yml', 'utf8'))
const product = JSON.parse(readFileSync('package.json', 'utf8'))
const { './package.json': _, ...authorsExports } = product.exports

test('the packaged program cannot be turned into a plain Node, inspected or fed another app', () => {
  expect(packaging.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
  expect(packaging.asar).toBe(true)
})

test('the package holds what the build makes, starting with the main entry', () => {
  expect(packaging.files).toContain('out/**')
  expect(product.main).toBe('./out/main/index.js')
})

test('the bundled plug-ins lie beside what the build makes, in the app and in the npm package', () => {
  expect(packaging.files).toContain('plugins/**')
  expect(product.files).toEqual(expect.arrayContaining(['plugins', 'out/main/*.js', 'out/renderer']))
})

test('the app carries neither what only the command line and tests use, nor the sources of SQLite', () => {
  expect(packaging.files).toEqual(
    expect.arrayContaining([
      '!out/main/{cli,browser,plugin,testing}.js',
      '!plugins/**/*.test.ts',
      '!node_modules/better-sqlite3/{deps,src,binding.gyp}',
    ]),
  )
})

test('nothing runs without the sandbox of Chromium unless somebody asks for it', () => {
  const start = readFileSync('scripts/start.mjs', 'utf8')

  // The builder writes --no-sandbox where nothing is said.
  expect(packaging.appImage.executableArgs).toEqual(['--enable-sandbox'])
  expect(start).not.toMatch(/\[[^\]]*'--no-sandbox'/)
})

test('packages run no scripts when they are installed, and none needs to', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { hasInstallScript?: boolean }> }
  const withScripts = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript === true)

  expect(readFileSync('.npmrc', 'utf8')).toContain('ignore-scripts=true')
  // fsevents brings its binary; its script only builds it anew.
  expect(withScripts.filter((path) => !path.endsWith('node_modules/fsevents'))).toEqual([])
})

test('what authors import and run leads to what the build makes, and the window to nothing that they install', () => {
  const build = readFileSync('electron.vite.config.ts', 'utf8')

  for (const [name, { types, default: module }] of Object.entries<Record<string, string>>(authorsExports)) {
    expect(build).toContain(`${name.slice('./'.length)}: '${String(types).replace('./out/types/', '').replace('.d.ts', '.ts')}'`)
    expect(module).toBe(`./out/main/${name.slice('./'.length)}.js`)
  }
  expect(Object.keys(authorsExports)).toEqual(['./plugin', './testing'])
  expect(existsSync(product.bin.cascade)).toBe(true)
  for (const name of ['react', 'react-dom', 'zustand', '@base-ui/react', 'lucide-react'])
    expect(product.dependencies).not.toHaveProperty([name])
})

test('environments open with the app on every system', () => {
  expect(packaging.fileAssociations).toEqual([{ ext: 'cascade', name: 'Cascade environment', role: 'Editor' }])
  expect(Object.keys(packaging)).toEqual(expect.arrayContaining(['linux', 'win', 'mac']))
})
