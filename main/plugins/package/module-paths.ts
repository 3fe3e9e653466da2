import { posix } from 'node:path'

/** Modules are JavaScript or TypeScript; authors need no build step. */
export const MODULE_NAME = /\.m?[jt]s$/

/** TypeScript authors may write the extension of the compiled file. */
const WRITTEN_AS: [written: RegExp, means: string][] = [
  [/\.js$/, '.ts'],
  [/\.mjs$/, '.mts'],
]
const LEFT_OUT = ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.mts', '/index.js', '/index.mjs']

/**
 * Matches `from './rules.ts'`, `import './rules.ts'`, `import('./rules.ts')`, also in comments, which does no harm. Blanks can be matched in
 * one way only, so that the time rises with the length of the text and no faster.
 */
const RELATIVE_IMPORT = /\b(?:from|import)\s*(?:\(\s*)?(['"`])(\.{1,2}\/[^'"`\n]{0,1000})\1/g

/** Returns the relative specifiers that a module imports or exports from, each once. */
export const relativeImports = (text: string): string[] => [
  ...new Set([...text.matchAll(RELATIVE_IMPORT)].map(([, , specifier = '']) => specifier)),
]

/** Returns the paths that a relative import may mean, in order of preference; none if it leaves the package. */
export function importCandidates(from: string, specifier: string): string[] {
  const path = posix.join(posix.dirname(from), specifier)
  if (path.startsWith('../')) return []
  return [
    path,
    ...WRITTEN_AS.filter(([written]) => written.test(path)).map(([written, means]) => path.replace(written, means)),
    ...LEFT_OUT.map((ending) => path + ending),
  ]
}
