import { posix } from 'node:path'

/** Modules are JavaScript or TypeScript, without a build step by the author. */
export const MODULE_NAME = /\.m?[jt]s$/

/** A TypeScript author may write the extension of what the module will be compiled to. */
const WRITTEN_AS: [written: RegExp, means: string][] = [
  [/\.js$/, '.ts'],
  [/\.mjs$/, '.mts'],
]
const LEFT_OUT = ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.mts', '/index.js', '/index.mjs']

/** `from './rules.ts'`, `import './rules.ts'`, `import('./rules.ts')`. Also finds those in comments, which does no harm. */
const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*(['"`])(\.{1,2}\/[^'"`\n]*)\1/g

/** Relative specifiers that a module imports or passes on, each once. */
export const relativeImports = (text: string): string[] => [
  ...new Set([...text.matchAll(RELATIVE_IMPORT)].map(([, , specifier = '']) => specifier)),
]

/** Where a relative import may lead, the first that exists; none where it leaves the package. */
export function importCandidates(from: string, specifier: string): string[] {
  const path = posix.join(posix.dirname(from), specifier)
  if (path.startsWith('../')) return []
  return [
    path,
    ...WRITTEN_AS.filter(([written]) => written.test(path)).map(([written, means]) => path.replace(written, means)),
    ...LEFT_OUT.map((ending) => path + ending),
  ]
}
