import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { RecentEnvironment } from '#contract'

const LONGEST_LIST = 20

const entry = z.object({ path: z.string(), name: z.string(), openedOnMs: z.number() })
const content = z.object({ environments: z.array(entry) })
type Entry = z.infer<typeof entry>

/** The list of recently opened environments, newest first, in a small JSON file that each call reads or writes. */
export interface RecentEnvironments {
  list(): Promise<Omit<RecentEnvironment, 'file'>[]>
  remember(environment: Entry): Promise<void>
  forget(path: string): Promise<void>
}

export function openRecentEnvironments(filePath: string): RecentEnvironments {
  let turn: Promise<unknown> = Promise.resolve()
  const change = (edit: (entries: Entry[]) => Entry[]): Promise<void> => {
    const done = turn.then(async () => write(filePath, edit(await read(filePath))))
    turn = done.catch(() => undefined)
    return done
  }
  return {
    async list() {
      await turn
      return (await read(filePath)).map((known) => ({ ...known, exists: existsSync(known.path) }))
    },
    remember: (environment) =>
      change((entries) => [environment, ...entries.filter(({ path }) => path !== environment.path)].slice(0, LONGEST_LIST)),
    forget: (path) => change((entries) => entries.filter((known) => known.path !== path)),
  }
}

/** Reads the list. Renames a damaged file and starts with an empty list, so that the app can always start. */
async function read(filePath: string): Promise<Entry[]> {
  if (!existsSync(filePath)) return []
  try {
    return content.parse(JSON.parse(await readFile(filePath, 'utf8'))).environments
  } catch {
    await rename(filePath, `${filePath}.damaged-${randomUUID()}`)
    return []
  }
}

/** Writes a temporary file and renames it, so that a crash leaves either the old list or the new one. */
async function write(filePath: string, environments: Entry[]): Promise<void> {
  await mkdir(dirname(filePath), { recursive: true })
  const draft = `${filePath}.draft`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(JSON.stringify({ environments }, null, 2))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, filePath)
}
