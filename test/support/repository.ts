import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** This repository as text, for the tests that guard its own rules. */

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const IGNORED = new Set(['node_modules', 'out', 'dist', '.git', 'test-results', 'playwright-report', 'coverage'])

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string
  text: string
}

/** All files below these folders (or these files) whose name ends in one of the endings. */
export function readFiles(from: string[], endings: string[]): SourceFile[] {
  return from
    .flatMap((start) => walk(join(ROOT, start)))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
}

export const readJson = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'))

function walk(path: string): string[] {
  if (!existsSync(path)) return []
  const parent = readdirSync(dirname(path), { withFileTypes: true }).find((entry) => join(dirname(path), entry.name) === path)
  if (parent?.isFile() && path !== ROOT) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !IGNORED.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(path, entry.name)) : [join(path, entry.name)]))
}

export interface Import {
  /** As written: `#engine/model`, `./plan.ts`, `react`. */
  specifier: string
  /** Path inside the repository, or null for a package and for Node's own modules. */
  path: string | null
}

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** What a file imports, type imports included, with the aliases of package.json resolved. */
export function importsOf(file: SourceFile): Import[] {
  return [...withoutComments(file.text).matchAll(IMPORT)].map((match) => {
    const specifier = (match[1] ?? match[2] ?? match[3] ?? '').replace(/\?.*$/, '')
    return { specifier, path: resolveSpecifier(file.path, specifier) }
  })
}

function resolveSpecifier(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return join(dirname(from), specifier).split(sep).join('/')
  if (!specifier.startsWith('#')) return null
  const { imports } = readJson('package.json') as { imports: Record<string, string> }
  for (const [alias, target] of Object.entries(imports)) {
    const [before = '', after] = alias.split('*')
    if (after === undefined ? specifier !== alias : !specifier.startsWith(before)) continue
    return target.replace('*', specifier.slice(before.length)).replace(/^\.\//, '')
  }
  return `(no alias ${specifier} in package.json)`
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
