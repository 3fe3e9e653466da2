import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepUpload } from '../../../main/session/keep-upload.ts'

let root: string
let folder: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'keep-upload-'))
  folder = join(root, 'plugins')
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function uploaded(name: string, content: string): Promise<string> {
  const path = join(root, 'upload', name)
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'index.ts'), content)
  return path
}
const contentOf = (path: string): Promise<string> => readFile(join(path, 'index.ts'), 'utf8')

test('a folder is kept under the name of its plug-in', async () => {
  const kept = await keepUpload(await uploaded('Downloads', 'one'), { folder, name: 'owner-audit', earlier: null })

  expect(kept).toBe(join(folder, 'owner-audit'))
  expect(await contentOf(kept)).toBe('one')
})

test('a single file keeps its own name', async () => {
  await mkdir(join(root, 'upload'))
  await writeFile(join(root, 'upload', 'audit.ts'), 'one')

  const kept = await keepUpload(join(root, 'upload', 'audit.ts'), { folder, name: 'owner-audit', earlier: null })

  expect(kept).toBe(join(folder, 'audit.ts'))
})

test('what the user has put there stays untouched', async () => {
  await mkdir(join(folder, 'owner-audit'), { recursive: true })
  await writeFile(join(folder, 'owner-audit', 'index.ts'), 'mine')

  const kept = await keepUpload(await uploaded('new', 'two'), { folder, name: 'owner-audit', earlier: null })

  expect(kept).toBe(join(folder, 'owner-audit (2)'))
  expect(await contentOf(join(folder, 'owner-audit'))).toBe('mine')
})

test('the copy of an earlier upload makes room, with files that the new one lacks', async () => {
  const first = await keepUpload(await uploaded('first', 'one'), { folder, name: 'owner-audit', earlier: null })
  await writeFile(join(first, 'left-over.ts'), '')

  const second = await keepUpload(await uploaded('second', 'two'), { folder, name: 'owner-audit', earlier: first })

  expect(second).toBe(first)
  expect(await readdir(second)).toEqual(['index.ts'])
  expect(await contentOf(second)).toBe('two')
})

test('a folder elsewhere is never taken for an earlier copy', async () => {
  const elsewhere = await uploaded('my-work', 'mine')

  await keepUpload(await uploaded('second', 'two'), { folder, name: 'owner-audit', earlier: elsewhere })

  expect(await contentOf(elsewhere)).toBe('mine')
})

test.each([
  ['../../outside', '-..-outside'],
  ['a/b\\c', 'a-b-c'],
  ['...', 'plugin'],
  ['Größe prüfen', 'Größe-prüfen'],
  ['@contoso/audit', '@contoso-audit'],
])('the plug-in "%s" is kept as %s', async (name, expected) => {
  const kept = await keepUpload(await uploaded('new', 'one'), { folder, name, earlier: null })

  expect(kept).toBe(join(folder, expected))
})

test('nothing half-copied is left beside it', async () => {
  await keepUpload(await uploaded('new', 'one'), { folder, name: 'owner-audit', earlier: null })

  expect(await readdir(folder)).toEqual(['owner-audit'])
})
