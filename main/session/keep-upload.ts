import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'

interface Place {
  /** The user's plug-in folder. */
  folder: string
  /** The plug-in's own name; a folder is kept under it, a single file under the file's. */
  name: string
  /** An earlier upload's copy, which makes room. */
  earlier: string | null
}

/** Copies an uploaded plug-in to where it stays. Nothing that the user may have put there is written over. */
export async function keepUpload(path: string, { folder, name, earlier }: Place): Promise<string> {
  await mkdir(folder, { recursive: true })
  // Complete before it appears under its name: whoever looks on never sees half a plug-in.
  const draft = join(folder, `.${randomUUID()}`)
  await cp(path, draft, { recursive: true })
  const isFolder = (await stat(path)).isDirectory()
  const wanted = isFolder ? safeName(name) : parse(path).base
  const kept = earlier !== null && dirname(earlier) === folder ? earlier : freeName(folder, wanted, isFolder)
  if (kept === earlier) await rm(kept, { recursive: true, force: true })
  await rename(draft, kept)
  return kept
}

/** A plug-in may be called what no file can be called. */
const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}@._-]+/gu, '-').replace(/^\.+|[. ]+$/g, '') || 'plugin'

function freeName(folder: string, wanted: string, isFolder: boolean): string {
  const { name, ext } = isFolder ? { name: wanted, ext: '' } : parse(wanted)
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? wanted : `${name} (${number})${ext}`)
    if (!existsSync(path)) return path
  }
}
