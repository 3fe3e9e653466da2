import { expect, test } from 'vitest'
import { readFiles, readJson } from '../support/repository.ts'

interface PackageJson {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}
interface LockedPackage {
  version?: string
  resolved?: string
  peerDependencies?: Record<string, string>
}

const packageJson = readJson('package.json') as PackageJson
const locked = (readJson('package-lock.json') as { packages: Record<string, LockedPackage> }).packages
const code = readFiles(
  ['main', 'preload', 'renderer', 'plugins', 'test', 'scripts', 'electron.vite.config.ts', 'vitest.config.ts'],
  ['.ts', '.tsx', '.mjs', '.css'],
)

test('the lock file carries no registry addresses', () => {
  const withAddress = Object.entries(locked)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([path]) => path)

  expect(withAddress, 'keep omit-lockfile-registry-resolved in .npmrc').toEqual([])
})

test('every version is exact and the lock file agrees', () => {
  const wanted = { ...packageJson.dependencies, ...packageJson.devDependencies, ...packageJson.optionalDependencies }

  expect(wanted).toEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, locked[`node_modules/${name}`]?.version])))
})

test('every dependency is used', () => {
  const names = [...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.devDependencies)]
  const isPeerOfAnother = (name: string) => names.some((other) => locked[`node_modules/${other}`]?.peerDependencies?.[name] !== undefined)
  const isNamed = (name: string) =>
    code.some(({ text }) => text.includes(`'${name}'`) || text.includes(`'${name}/`) || text.includes(`"${name}`))
  const isUsed = (name: string) =>
    name.startsWith('@types/') ? name === '@types/node' || isNamed(name.slice('@types/'.length)) : isNamed(name)
  const unused = names.filter((name) => !isUsed(name) && !isPeerOfAnother(name))

  expect(unused, 'remove them from package.json').toEqual([])
})

test('nobody switches the type checker or the linter off', () => {
  const escapes = new RegExp(['\\bas an' + 'y\\b', '@ts-' + 'ignore', '@ts-' + 'nocheck', 'biome-' + 'ignore-all'].join('|'))
  const offenders = code.filter(({ text }) => escapes.test(text)).map(({ path }) => path)

  expect(offenders, 'say what the type is, or check it where the value comes in').toEqual([])
})

test('no test is switched off or run alone', () => {
  const switched = new RegExp(`\\b(?:test|it|describe)\\.(?:${['sk' + 'ip', 'on' + 'ly', 'to' + 'do', 'fix' + 'me'].join('|')})\\b`)
  const offenders = code.filter(({ path, text }) => path.startsWith('test/') && switched.test(text)).map(({ path }) => path)

  expect(offenders).toEqual([])
})

test("documents mention no path of somebody's machine", () => {
  const documents = readFiles(['README.md', 'ARCHITECTURE.md', 'docs', 'main', 'plugins', 'test', 'bench', 'scenarios'], ['.md'])
  const offenders = documents
    .filter(({ text }) => /(?<![\w.:/-])\/(?:home|root|work|Users|tmp|opt|mnt)\//.test(text))
    .map(({ path }) => path)

  expect(offenders).toEqual([])
})
