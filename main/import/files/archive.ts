import type { Entry, ZipFile } from 'yauzl'
import yauzl from 'yauzl'
import { EngineError } from '#engine/contract/errors'
import { importText } from '#text/english/import'
import { importFailed, messageOf } from '../import-failed.ts'
import type { ReadBudget } from '../limits.ts'
import { checkCount } from '../limits.ts'
import type { FileTree, SourceFile } from './file-tree.ts'
import { readLimited } from './read-limited.ts'

/**
 * Opens a zip file, or one inside another that was read into memory. Replaces `\` in names by `/`. yauzl refuses names that
 * lead out of the archive; nothing is written to disk in any case.
 * @throws IMPORT_FAILED if it is truncated, damaged, encrypted or holds too many members.
 */
export async function openArchive(location: string, content: string | Buffer, budget: ReadBudget): Promise<FileTree> {
  const zip = await opened(location, content)
  try {
    checkCount(zip.entryCount, 'members', location)
    const files: SourceFile[] = []
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      files.push(toFile(zip, entry, location, budget))
      checkCount(files.length, 'members', location)
    }
    return { kind: 'zip', location, files, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw damaged(location, error)
  }
}

async function opened(location: string, content: string | Buffer): Promise<ZipFile> {
  const options = { autoClose: false, lazyEntries: true }
  try {
    return await (typeof content === 'string' ? yauzl.openPromise(content, options) : yauzl.fromBufferPromise(content, options))
  } catch (error) {
    throw damaged(location, error)
  }
}

function toFile(zip: ZipFile, entry: Entry, archive: string, budget: ReadBudget): SourceFile {
  const path = entry.fileName.replace(/^(\.\/)+/, '')
  const location = `${archive}!${path}`
  async function* content(): AsyncIterable<Uint8Array> {
    if (entry.isEncrypted()) throw importFailed(location, importText.encrypted, importText.encryptedHint)
    yield* await zip.openReadStreamPromise(entry)
  }
  return {
    path,
    location,
    size: entry.uncompressedSize,
    read: () => readLimited(content(), location, budget, (error) => damaged(location, error)),
  }
}

const damaged = (location: string, error: unknown): EngineError =>
  error instanceof EngineError
    ? error
    : importFailed(location, importText.archiveDamaged({ reason: messageOf(error) }), importText.archiveDamagedHint, error)
