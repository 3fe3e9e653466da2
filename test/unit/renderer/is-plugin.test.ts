import { expect, test } from 'vitest'
import { isPluginFile, namesPlugin } from '../../../renderer/features/plugins/is-plugin.ts'

/** A dropped folder as browsers show it, with a package.json or without. */
const folderWith = (content: string | null): FileSystemDirectoryEntry =>
  ({
    getFile(name: string, _: unknown, settle: (entry: unknown) => void, fail: (error: Error) => void) {
      if (content === null || name !== 'package.json') fail(new Error('NotFoundError'))
      else settle({ file: (take: (file: File) => void) => take(new File([content], name)) })
    },
  }) as unknown as FileSystemDirectoryEntry

test.each(['audit.ts', 'audit.mjs', 'AUDIT.JS', 'cascade-audit-1.0.0.tgz'])('%s is taken for a plug-in', (name) => {
  expect(isPluginFile(name)).toBe(true)
})

test.each(['solution.zip', 'customizations.xml', 'rows.csv', 'demo.cascade', 'ts', 'metadata.json'])('%s is none', (name) => {
  expect(isPluginFile(name)).toBe(false)
})

test('a folder is a plug-in if its package.json says so', async () => {
  expect(await namesPlugin(folderWith('{"cascadeWorkbench":{"plugin":"./index.ts"}}'))).toBe(true)
  expect(await namesPlugin(folderWith('{"name":"other"}'))).toBe(false)
  expect(await namesPlugin(folderWith('not JSON'))).toBe(false)
  expect(await namesPlugin(folderWith('null'))).toBe(false)
  expect(await namesPlugin(folderWith(null))).toBe(false)
})
