import { importText } from '#text/english/import'
import { importFailed } from '../import-failed.ts'

/**
 * Decodes a file that must be UTF-8, with or without a byte order mark, piece by piece.
 * @throws IMPORT_FAILED for UTF-16 and for bytes that are not UTF-8.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, location: string): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let first = true
  for await (const chunk of chunks) {
    if (first && chunk.length > 0) {
      refuseUtf16(chunk, location)
      first = false
    }
    yield decoded(location, () => decoder.decode(chunk, { stream: true }))
  }
  yield decoded(location, () => decoder.decode())
}

export function decodeAll(content: Buffer, location: string): string {
  refuseUtf16(content, location)
  return decoded(location, () => new TextDecoder('utf-8', { fatal: true }).decode(content))
}

function decoded(location: string, decode: () => string): string {
  try {
    return decode()
  } catch (error) {
    throw importFailed(location, importText.notUtf8, importText.utf8Hint, error)
  }
}

/** @throws IMPORT_FAILED if the first bytes are a byte order mark of UTF-16. */
export function refuseUtf16(start: Uint8Array, location: string): void {
  const [a, b] = start
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  const unmarked = start.length > 1 && (a === 0 || b === 0)
  if (marked || unmarked) throw importFailed(location, importText.utf16, importText.utf8Hint)
}
