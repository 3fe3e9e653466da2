import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { draftOf } from '#engine/store/draft'

interface Place {
  /** The user's plug-in folder. */
  folder: string
  /** The plug-in's name, under which a folder is stored; a single file keeps its own name. */
  name: string
  /** The copy of an earlier upload, which is replaced. */
  earlier: string | null
}

/** Copies an uploaded plug-in to the user's plug-in folder and returns its path. Never overwrites other files there. */
export async function keepUpload(path: string, { folder, name, earlier }: Place): Promise<string> {
  await mkdir(folder, { recursive: true })
  const isFolder = (await stat(path)).isDirectory()
  const wanted = isFolder ? safeName(name) : parse(path).base
  const kept = earlier !== null && dirname(earlier) === folder ? earlier : freeName(folder, wanted, isFolder)
  // Copied under another name first, so that neither a watcher nor the next start sees an incomplete plug-in.
  const draft = draftOf(kept)
  try {
    await cp(path, draft.path, { recursive: true })
    await replaceBy(draft.path, kept)
    return kept
  } finally {
    draft.discard()
  }
}

/** Puts a copy in place of an earlier one, which is put aside until the new one is there. */
async function replaceBy(copy: string, kept: string): Promise<void> {
  const aside = join(dirname(kept), `.${randomUUID()}`)
  if (existsSync(kept)) await rename(kept, aside)
  await rename(copy, kept)
  await rm(aside, { recursive: true, force: true })
}

/** Returns a file name for a plug-in's name, which may contain characters that file names must not. */
const safeName = (name: string): string => name.replace(/[^\p{L}\p{N}@._-]+/gu, '-').replace(/^\.+|[. ]+$/g, '') || 'plugin'

function freeName(folder: string, wanted: string, isFolder: boolean): string {
  const { name, ext } = isFolder ? { name: wanted, ext: '' } : parse(wanted)
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? wanted : `${name} (${number})${ext}`)
    if (!existsSync(path)) return path
  }
}
