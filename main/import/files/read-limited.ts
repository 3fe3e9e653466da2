import { EngineError } from '#engine/contract/errors'
import { importText } from '#text/english/import'
import { importFailed } from '../import-failed.ts'
import type { ReadBudget } from '../limits.ts'
import { LIMITS } from '../limits.ts'

/** Passes chunks on and counts the bytes actually read, since an archive's directory may state a wrong size. */
export async function* readLimited(
  chunks: AsyncIterable<Uint8Array>,
  location: string,
  budget: ReadBudget,
  failed: (error: unknown) => EngineError,
): AsyncIterable<Uint8Array> {
  let bytes = 0
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > LIMITS.fileBytes)
        throw importFailed(location, importText.expandsTooFar({ megabytes: LIMITS.fileBytes / 1024 / 1024 }), importText.expandsTooFarHint)
      budget.spend(chunk.length, location)
      yield chunk
    }
  } catch (error) {
    throw error instanceof EngineError ? error : failed(error)
  }
}

/** Reads the whole content into memory. */
export async function readAll(chunks: AsyncIterable<Uint8Array>, location: string, limit: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > limit) throw importFailed(location, importText.tooLarge({ megabytes: limit / 1024 / 1024 }), importText.tooLargeHint)
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

/** Reads the first bytes, from which formats are recognised. */
export async function readStart(chunks: AsyncIterable<Uint8Array>, bytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length >= bytes) break
  }
  return Buffer.concat(parts).subarray(0, bytes)
}
