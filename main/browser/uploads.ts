import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { constants, copyFile, mkdir, open, rm } from 'node:fs/promises'
import { dirname, join, parse, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { type Draft, draftOf } from '#engine/store/draft'
import { makeTemporaryFolder, sweepTemporaryFolders, type TemporaryFolder } from '#engine/store/temporary-folder'
import { Refusal } from './refusal.ts'
import { uploadSegments } from './upload-name.ts'

export interface UploadLimits {
  /** Size of one upload with all of its files. */
  bytes: number
  files: number
}
export const DEFAULT_UPLOAD_LIMITS: UploadLimits = { bytes: 2 * 1024 ** 3, files: 50_000 }

/** Files that people drop on the browser's window, kept in a temporary folder until the host closes; of a host that was killed, until the next one starts. */
export interface Uploads {
  start(): Promise<string>
  /** Stores one file. Returns the path of the file, or of the folder that it was dropped with. */
  receive(id: string, name: string, content: Readable): Promise<string>
  /** Returns whether a path is inside an upload. */
  holds(path: string): boolean
  close(): Promise<void>
}

interface Upload {
  folder: string
  bytes: number
  files: number
}

export function createUploads(limits: UploadLimits, environmentsFolder: string): Uploads {
  sweepTemporaryFolders()
  const uploads = new Map<string, Upload>()
  let root: TemporaryFolder | null = null
  return {
    async start() {
      root ??= makeTemporaryFolder()
      const id = randomUUID()
      const folder = join(root.path, id)
      await mkdir(folder)
      uploads.set(id, { folder, bytes: 0, files: 0 })
      return id
    },
    async receive(id, name, content) {
      const upload = uploads.get(id)
      if (!upload) throw new Refusal(404, 'This upload is not known here. Drop the files again.')
      const segments = uploadSegments(name)
      if (++upload.files > limits.files) throw new Refusal(413, `More than ${limits.files} files are not accepted at once.`)
      const path = join(upload.folder, ...segments)
      await mkdir(dirname(path), { recursive: true })
      await writeCounted(path, content, upload, limits)
      if (segments.length > 1) return join(upload.folder, segments[0] ?? '')
      return path.toLowerCase().endsWith('.cascade') ? keepEnvironment(path, environmentsFolder) : path
    },
    holds: (path) => [...uploads.values()].some(({ folder }) => resolve(path).startsWith(folder + sep)),
    async close() {
      uploads.clear()
      root?.remove()
    },
  }
}

/** Writes a new file and counts its bytes against the upload's limit. Never overwrites a file. */
async function writeCounted(path: string, content: Readable, upload: Upload, limits: UploadLimits): Promise<void> {
  const file = await open(path, 'wx').catch((cause) => {
    throw new Refusal(409, `${parse(path).base} was sent twice, or its name differs from another only in case (${cause.code}).`)
  })
  try {
    for await (const chunk of content) {
      upload.bytes += chunk.length
      if (upload.bytes > limits.bytes) {
        throw new Refusal(
          413,
          `More than ${Math.floor(limits.bytes / 1024 ** 2)} MB are not accepted. Give its path on this computer instead.`,
        )
      }
      await file.write(chunk)
    }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** Moves an environment out of the temporary folder to a free name, because it will be changed. */
async function keepEnvironment(path: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const { name, ext } = parse(path)
  const draft = draftOf(join(folder, `${name}${ext}`))
  try {
    await copyFile(path, draft.path, constants.COPYFILE_EXCL)
    for (let number = 1; ; number++) {
      const kept = join(folder, number === 1 ? `${name}${ext}` : `${name} (${number})${ext}`)
      if (existsSync(kept) || !placed(draft, kept)) continue
      await rm(path)
      return kept
    }
  } finally {
    draft.discard()
  }
}

/** Puts a draft in place, unless something has the name by now. */
function placed(draft: Draft, name: string): boolean {
  try {
    draft.place(name)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
