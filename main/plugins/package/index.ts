import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { inputInvalid } from '#engine/contract/errors'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import { sha256 } from '#engine/store/content-hash'
import { packageText } from '#text/english/packages'
import { openArchiveTree } from './archive-tree.ts'
import { collectFiles } from './collect-files.ts'
import { findEntry } from './find-entry.ts'
import { openFolderTree, openModuleTree } from './folder-tree.ts'
import { MODULE_NAME } from './module-paths.ts'
import { packageInvalid } from './package-invalid.ts'
import type { PackageTree } from './package-tree.ts'

const INLINE_ENTRY = 'index.ts'

/**
 * Reads a plug-in from a folder, a single module file, or an archive made by `npm pack`: package.json, README.md and the modules that the
 * entry reaches.
 * @throws INPUT_INVALID if the path does not exist, PLUGIN_INVALID if it holds no plug-in
 */
export async function readPluginPackage(path: string, { configuration = '' }: { configuration?: string } = {}): Promise<PluginPackage> {
  const origin = resolve(path)
  const tree = await openTree(origin)
  const entry = tree.module ?? (await findEntry(tree))
  return { source: origin, origin, entry, files: await collectFiles(tree, entry), configuration }
}

/** Makes a package of one text, for instance from a scenario. JavaScript is read as TypeScript without types. */
export function inlinePackage(source: string, configuration = ''): PluginPackage {
  return {
    source: 'inline module',
    origin: null,
    entry: INLINE_ENTRY,
    files: [{ path: INLINE_ENTRY, content: source, sha256: sha256(source) }],
    configuration,
  }
}

async function openTree(path: string): Promise<PackageTree> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw inputInvalid(packageText.nothingThere({ path }), { path })
  if (found.isDirectory()) return openFolderTree(path)
  if (found.isFile() && MODULE_NAME.test(path)) return openModuleTree(path)
  if (found.isFile() && /\.(tgz|tar\.gz)$/i.test(path)) return openArchiveTree(path)
  throw packageInvalid({
    file: path,
    problem: packageText.noPlugin,
    hint: packageText.noPluginHint,
  })
}
