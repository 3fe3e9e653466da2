import { expect, test } from 'vitest'
import { errorDataOf } from '../../../renderer/frame/bridge.ts'
import { filesOf } from '../../../renderer/shell/dropped-files.ts'
import { shellText } from '../../../renderer/shell/texts.ts'
import { words } from '../../support/words.ts'

type Tree = { [name: string]: string | Tree }

/** A dropped entry as browsers give it: a reader hands out two children at a time. */
function entryOf(name: string, content: string | Tree): FileSystemEntry {
  if (typeof content === 'string') {
    return {
      name,
      isFile: true,
      isDirectory: false,
      file: (settle: FileCallback) => settle(new File([content], name)),
    } as FileSystemFileEntry
  }
  const children = Object.entries(content).map(([child, inside]) => entryOf(child, inside))
  const createReader = () => {
    const rest = [...children]
    return { readEntries: (settle: FileSystemEntriesCallback) => settle(rest.splice(0, 2)) }
  }
  return { name, isFile: false, isDirectory: true, createReader } as FileSystemDirectoryEntry
}

const placesOf = async (...entries: FileSystemEntry[]) =>
  (await filesOf(entries, 'Dropped files')).map((file) => file.webkitRelativePath).sort()

test('a dropped folder gives all of its files with their places, however many its reader hands out at a time', async () => {
  const src = entryOf('src', { a: '1', b: '2', c: '3', Other: { 'Solution.xml': '<x/>' } })

  expect(await placesOf(src)).toEqual(['src/Other/Solution.xml', 'src/a', 'src/b', 'src/c'])
})

test('what a repository keeps for itself is left out', async () => {
  expect(await placesOf(entryOf('repo', { '.git': { HEAD: 'x' }, node_modules: { a: '1' }, 'data.xml': 'x' }))).toEqual(['repo/data.xml'])
})

test('several entries become one source', async () => {
  expect(await placesOf(entryOf('src', { a: '1' }), entryOf('data.zip', 'x'))).toEqual(['Dropped files/data.zip', 'Dropped files/src/a'])
})

test('an empty folder is refused by name', async () => {
  const refusal = await filesOf([entryOf('empty', {})], 'Dropped files').catch(errorDataOf)

  expect(refusal).toMatchObject({ code: 'INPUT_INVALID', text: shellText.noFiles({ folder: 'empty' }) })
  expect(words.say(shellText.noFiles({ folder: 'empty' }))).toBe('empty holds no files.')
})
