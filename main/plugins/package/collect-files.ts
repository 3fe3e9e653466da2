import type { PluginFile } from '#engine/contract/plugins'
import { sha256 } from '#engine/store/content-hash'
import { packageText } from '#text/english/packages'
import { importCandidates, MODULE_NAME, relativeImports } from './module-paths.ts'
import { packageInvalid } from './package-invalid.ts'
import { LIMITS, type PackageTree, tooManyFiles, tooManyImports, tooMuchText } from './package-tree.ts'

/**
 * Returns the entry, the modules that it imports by relative paths, package.json and README.md, sorted by path. Ignores an import without
 * a file, because evaluating the module reports it better.
 */
export async function collectFiles(tree: PackageTree, entry: string): Promise<PluginFile[]> {
  const found = new Map<string, string>()
  let bytes = 0
  let imports = 0
  const take = async (path: string): Promise<string | undefined> => {
    const content = await tree.read(path)
    if (content === undefined) return undefined
    bytes += content.length
    if (bytes > LIMITS.textBytes) throw tooMuchText(tree.location)
    const text = decoded(path, content)
    found.set(path, text)
    if (found.size > LIMITS.files) throw tooManyFiles(tree.location)
    return text
  }

  if (tree.module === undefined) for (const name of await documents(tree)) await take(name)
  const waiting = [entry]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = found.get(path) ?? (await take(path))
    if (text === undefined || !MODULE_NAME.test(path)) continue
    for (const specifier of relativeImports(text)) {
      if (++imports > LIMITS.imports) throw tooManyImports(tree.location)
      const imported = await firstOf(importCandidates(path, specifier), take, found)
      if (imported !== undefined) waiting.push(imported)
    }
  }
  return [...found].map(([path, content]) => ({ path, content, sha256: sha256(content) })).sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Returns the first candidate that exists, unless it has been collected already. */
async function firstOf(
  candidates: string[],
  take: (path: string) => Promise<string | undefined>,
  found: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  for (const candidate of candidates) {
    if (found.has(candidate)) return undefined
    if ((await take(candidate)) !== undefined) return candidate
  }
  return undefined
}

const documents = async (tree: PackageTree): Promise<string[]> =>
  (await tree.names()).filter((name) => name === 'package.json' || name.toLowerCase() === 'readme.md')

function decoded(path: string, content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch (cause) {
    throw packageInvalid({ file: path, problem: packageText.notUtf8, hint: packageText.notUtf8Hint, cause })
  }
}
